"""What `guiju release` does. Nothing is written where anything speaks against it.

0 done, or verified · 1 the rules cannot be published, or the file is not as it was signed · 2 it could not be done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from guiju.commands.publisher.run_build import Refused, build
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.release.bundle import BundleFault, open_bundle
from guiju.terms.tongue import Both, counted

__all__ = ["ReleaseOptions", "run_release"]

_ONE_FILE = Both("请给出一个 .gjr 文件", "name one .gjr file")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseOptions:
    """The options of the command."""

    action: str
    paths: tuple[Path, ...]
    add_rules: tuple[Path, ...]
    output: Path | None
    previous: Path | None
    key: Path | None
    to: Path | None
    keys: Path | None
    new_keys: bool
    days: int | None
    as_of: date | None
    impact_on: tuple[str, ...]
    color: bool | None


def run_release(options: ReleaseOptions) -> int:
    """The exit code."""
    actions: dict[str, Callable[[ReleaseOptions], int]] = {"build": _build, "sign": _sign, "publish": _publish, "verify": _verify}
    try:
        return actions[options.action](options)
    except ImportError:
        eprint(say("发布还需要安装：pip install 'guiju[release,smt]'", "publishing needs: pip install 'guiju[release,smt]'"))
    except BundleFault as fault:
        eprint(fault.words.say(TONGUE))
    except OSError as error:
        eprint(say(f"打不开 {error.filename}：{error.strerror}", f"cannot open {error.filename}: {error.strerror}"))
    return 2


def _build(options: ReleaseOptions) -> int:
    if options.output is None:
        eprint(say("请用 -o 给出 .gjr 文件名。", "Name the .gjr file by -o."))
        return 2
    try:
        made = build(
            options.paths,
            options.add_rules,
            previous=options.previous,
            as_of=options.as_of,
            impact_on=options.impact_on,
            color=options.color,
        )
    except Refused as refused:
        for words in refused.words:
            eprint(words.say(TONGUE))
        return 1
    if made is None:
        return 2
    put(made, options.output)
    version = open_bundle(made).manifest["version"]
    eprint(say(f"{options.output}：第 {version} 版", f"{options.output}: version {version}"))
    return 0


def _one(options: ReleaseOptions) -> bytes:
    if len(options.paths) != 1:
        raise BundleFault(_ONE_FILE)
    return options.paths[0].read_bytes()


def _sign(options: ReleaseOptions) -> int:
    from guiju.evidence.signers import KeyFault
    from guiju.release.signing import signed

    data = _one(options)
    if options.key is None:
        eprint(say("请用 --key 给出私钥。", "Give the private key by --key."))
        return 2
    try:
        put(signed(data, options.key.read_bytes()), options.output or options.paths[0])
    except KeyFault:
        eprint(say(f"{options.key} 不是可用的私钥。", f"{options.key} is no private key that can be used."))
        return 2
    return 0


def _publish(options: ReleaseOptions) -> int:
    from guiju.release.repository import ROLES, UpdateFault, new_keys, publish

    data = _one(options)
    bundle = open_bundle(data)
    if not bundle.manifest.get("proved") or not bundle.signatures:
        eprint(
            say("没有经过 build 证明、没有签名的规则不能发布。", "Rules that were not proved by build, or not signed, are not published.")
        )
        return 1
    if options.to is None or options.keys is None:
        eprint(say("请用 --to 给出仓库，用 --keys 给出私钥。", "Give the repository by --to and the keys by --keys."))
        return 2
    if options.new_keys:
        for role, pem in new_keys().items():
            path = options.keys / f"{role}.pem"
            if path.exists():
                eprint(say(f"{path} 已经有了，不覆盖。", f"{path} is there already and is not replaced."))
                return 2
            options.keys.mkdir(parents=True, exist_ok=True)
            put(pem, path, mode=0o600)
    keys = {role: (options.keys / f"{role}.pem").read_bytes() for role in ROLES}
    try:
        number = publish(data, options.to, keys, now=datetime.now(UTC), days=options.days)
    except UpdateFault as fault:
        eprint(fault.words.say(TONGUE))
        return 2
    eprint(say(f"已发布第 {number} 次。", f"published as release {number}."))
    return 0


def _verify(options: ReleaseOptions) -> int:
    data = _one(options)
    bundle = open_bundle(data)
    if options.key is not None:
        from guiju.evidence.signers import KeyFault
        from guiju.release.signing import is_signed_by

        try:
            right = is_signed_by(data, options.key.read_bytes())
        except KeyFault:
            eprint(say(f"{options.key} 不是公钥。", f"{options.key} is no public key."))
            return 2
        if not right:
            eprint(say("签名不是这把公钥的。", "The signature is not of this key."))
            return 2
    manifest = bundle.manifest
    put(
        say(
            f"完好：第 {manifest['version']} 版，{len(bundle.ruleset.rules)} 条规则，{len(bundle.signatures)} 个签名。\n",
            f"whole: version {manifest['version']}, {counted(len(bundle.ruleset.rules), 'rule')}, {counted(len(bundle.signatures), 'signature')}.\n",
        ),
        None,
    )
    return 0
