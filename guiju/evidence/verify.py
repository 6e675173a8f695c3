"""Verifies a pack offline: every file by its digest, the signature, and the whole run judged again and compared byte for byte.

The rules, calendar and waivers of the pack are used, and nothing of what is installed but the program itself.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import guiju
from guiju.dsl.ruleset import Ruleset, RulesetFault, from_bytes, seal
from guiju.evidence.archive import ArchiveFault, read_archive
from guiju.evidence.derive import calendar_from, derive
from guiju.evidence.inputs import digest
from guiju.evidence.model import FORMAT, Asked, Check, InputFile, Outcome, PackFault, Writer
from guiju.evidence.pack import CALENDAR, MANIFEST, RULESET, SIGNATURE, excerpts_of, manifest_of, sealed_files
from guiju.evidence.signers import SIGNERS, KeyFault, signer_of
from guiju.terms.time.calendar import Calendar
from guiju.terms.tongue import Both, Tongue

__all__ = [
    "Opened",
    "asked_of",
    "check_signature",
    "found_inputs",
    "open_pack",
    "parse_manifest",
    "ruleset_from",
    "sealed_of",
    "verify_pack",
]

_FAULTS = {
    "broken": Both("不是完好的证据包：{what}", "this is no sound pack: {what}"),
    "too_many": Both("证据包里的文件太多：{what}", "the pack holds too many files: {what}"),
    "too_large": Both("证据包展开后太大：{what} 字节", "the pack is too large when unfolded: {what} bytes"),
    "bad_name": Both("证据包里有不安全的文件名：{what}", "the pack holds an unsafe name: {what}"),
    "twice": Both("证据包里有两个“{what}”", "the pack holds two files called {what}"),
    "packed_otherwise": Both("证据包里的“{what}”加了密或用了别的压缩", "{what} in the pack is encrypted or packed otherwise"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A pack taken apart, nothing of it believed yet."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]
    asked: Asked


def open_pack(data: bytes) -> Opened:
    """The pack that some bytes hold; PackFault where they hold none."""
    try:
        files = read_archive(data)
    except ArchiveFault as fault:
        words = _FAULTS[fault.kind]
        raise PackFault(Both(words.zh.format(what=fault.what), words.en.format(what=fault.what))) from None
    if MANIFEST not in files:
        raise PackFault(Both("这不是证据包：里面没有 manifest.json", "this is no pack: it holds no manifest.json"))
    manifest = parse_manifest(files[MANIFEST])
    return Opened(files=files, manifest=manifest, asked=asked_of(manifest))


def parse_manifest(data: bytes) -> dict[str, Any]:
    """The manifest, of the format that is known and of the shape that is used below."""
    try:
        plain = json.loads(data)
        if plain["format"] != FORMAT:
            raise PackFault(Both(f"不认识的格式：{plain['format']!s:.40}", f"an unknown format: {plain['format']!s:.40}"))
        for one in (*plain["inputs"], *plain["files"]):
            _ = (str(one["name"]), str(one["sha256"]), int(one["size"]))
        _ = (plain["records"]["root"], plain["findings"]["root"], plain["subjects"].items(), plain["guiju"]["package"])
        asked_of(plain)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, PackFault):
            raise
        raise PackFault(Both("manifest.json 读不通", "manifest.json cannot be read")) from None
    return dict(plain)


def verify_pack(opened: Opened, supplied: Sequence[InputFile], writer: Writer, *, key: bytes | None = None) -> tuple[Check, ...]:
    """Every check in its order; inputs that are not in the pack are found among those supplied by their digests."""
    checks = [*_check_files(opened), *check_signature(opened.files[MANIFEST], opened.files.get(SIGNATURE), key)]
    inputs = found_inputs(opened, supplied)
    names = Both("原始数据", "the inputs")
    missing = [name for name, found in inputs.items() if found is None]
    if missing:
        why = Both(f"没有找到 {'、'.join(missing[:5])}；用 --inputs 指明", f"not found: {', '.join(missing[:5])}; name them with --inputs")
        return (*checks, Check(what=names, outcome=Outcome.NOT_DONE, why=why))
    checks.append(Check(what=names, outcome=Outcome.HOLDS))
    return (*checks, *_judge_again(opened, [one for one in inputs.values() if one is not None], writer))


def check_signature(manifest: bytes, signature: bytes | None, key: bytes | None) -> tuple[Check, ...]:
    """Whether the manifest is signed, and by the key that is trusted, where one is named."""
    what = Both("签名", "the signature")
    if signature is None:
        if key is None:
            return (Check(what=what, outcome=Outcome.HOLDS, why=Both("没有签名", "it is not signed")),)
        return (Check(what=what, outcome=Outcome.BROKEN, why=Both("没有签名", "it is not signed")),)
    try:
        plain = json.loads(signature)
        public = str(plain["public_key"]).encode("ascii")
        signer = SIGNERS[plain["algorithm"]]
        good = signer.verify(public, bytes.fromhex(plain["signature"]), manifest)
        trusted = None if key is None else signer_of(key) is signer and signer.verify(key, bytes.fromhex(plain["signature"]), manifest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, KeyFault):
        return (Check(what=what, outcome=Outcome.BROKEN, why=Both("签名读不通", "the signature cannot be read")),)
    if not good:
        return (Check(what=what, outcome=Outcome.BROKEN, why=Both("签名与清单不符", "the signature is not of this manifest")),)
    if trusted is False:
        return (
            Check(what=what, outcome=Outcome.BROKEN, why=Both("不是您信任的那把钥匙签的", "it was not signed with the key that you trust")),
        )
    mark = digest(public)[:16]
    if trusted is None:
        why = Both(
            f"由钥匙 {mark} 签名；没有用 --key 与您信任的钥匙核对",
            f"signed with the key {mark}, which was not compared with one that you trust (--key)",
        )
    else:
        why = Both(f"由您信任的钥匙 {mark} 签名", f"signed with the key that you trust, {mark}")
    return (Check(what=what, outcome=Outcome.HOLDS, why=why),)


def ruleset_from(data: bytes, stated: str | None) -> Ruleset:
    """The sealed ruleset, whose digest is made anew and is the one stated, where one is."""
    try:
        ruleset = from_bytes(data)
    except RulesetFault as fault:
        raise PackFault(Both(f"规则集读不通：{fault}", f"the ruleset cannot be read: {fault}")) from None
    if seal(ruleset).digest != ruleset.digest or stated not in (None, ruleset.digest):
        raise PackFault(Both("规则集的内容与其摘要不符", "the ruleset is not what its digest says"))
    return ruleset


def asked_of(plain: Mapping[str, Any]) -> Asked:
    run = plain["run"]
    return Asked(
        as_of=date.fromisoformat(run["as_of"]),
        tongue=Tongue(run["tongue"]),
        kind=None if run["kind"] is None else str(run["kind"]),
        encoding=None if run["encoding"] is None else str(run["encoding"]),
        forms=tuple(str(form) for form in run["forms"]),
    )


def _check_files(opened: Opened) -> tuple[Check, ...]:
    """That the pack holds exactly the files of its manifest, each as it was."""
    stated = {one["name"]: (one["sha256"], one["size"]) for one in opened.manifest["files"]}
    there = {name: (digest(data), len(data)) for name, data in opened.files.items() if name not in (MANIFEST, SIGNATURE)}
    wrong = sorted(name for name in {*stated, *there} if stated.get(name) != there.get(name))
    what = Both("文件摘要", "the digests of its files")
    if not wrong:
        return (Check(what=what, outcome=Outcome.HOLDS),)
    return (Check(what=what, outcome=Outcome.BROKEN, why=Both("不符：" + "、".join(wrong[:5]), "not as stated: " + ", ".join(wrong[:5]))),)


def found_inputs(opened: Opened, supplied: Sequence[InputFile]) -> dict[str, InputFile | None]:
    """Each input under its name in the pack, wherever it was found; None where it was not."""
    by_digest = {digest(one.data): one.data for one in supplied}
    found: dict[str, InputFile | None] = {}
    for one in opened.manifest["inputs"]:
        data = opened.files.get(f"inputs/{one['name']}") if one.get("packed") else by_digest.get(one["sha256"])
        right = data is not None and digest(data) == one["sha256"]
        found[str(one["name"])] = InputFile(name=str(one["name"]), data=data) if data is not None and right else None
    return found


def _judge_again(opened: Opened, inputs: Sequence[InputFile], writer: Writer) -> tuple[Check, ...]:
    what = Both("重新判定", "judging again")
    try:
        ruleset, calendar = sealed_of(opened)
        waivers = {name.removeprefix("waivers/"): data for name, data in opened.files.items() if name.startswith("waivers/")}
        derived = derive(inputs, ruleset, calendar, waivers, opened.asked, writer)
    except PackFault as fault:
        return (Check(what=what, outcome=Outcome.BROKEN, why=fault.words),)
    made = sealed_files(ruleset, calendar, waivers, derived)
    checks = [
        _same(Both(f"重算 {name}", f"{name}, made again"), data, opened.files.get(name), opened)
        for name, data in sorted(dict(derived.files).items())
    ]
    packed = {f"inputs/{one.name}": one.data for one in inputs if f"inputs/{one.name}" in opened.files}
    excerpts = excerpts_of(ruleset, derived) if "excerpts" in opened.manifest else None
    manifest = manifest_of(inputs, opened.asked, derived, {**made, **packed}, excerpts, with_inputs=bool(packed))
    return (*checks, _same(Both("重算清单", "the manifest, made again"), manifest, opened.files[MANIFEST], opened))


def _same(what: Both, made: bytes, packed: bytes | None, opened: Opened) -> Check:
    if made == packed:
        return Check(what=what, outcome=Outcome.HOLDS)
    return Check(what=what, outcome=Outcome.BROKEN, why=_differs(opened))


def sealed_of(opened: Opened) -> tuple[Ruleset, Calendar]:
    """The ruleset and the calendar of a pack; PackFault where they are not there or not sound."""
    if RULESET not in opened.files or CALENDAR not in opened.files:
        raise PackFault(Both("包里没有规则集或日历", "the pack holds no ruleset or no calendar"))
    ruleset = ruleset_from(opened.files[RULESET], str(opened.manifest["guiju"]["ruleset"]))
    try:
        return ruleset, calendar_from(opened.files[CALENDAR])
    except ValueError:
        raise PackFault(Both("日历读不通", "the calendar cannot be read")) from None


def _differs(opened: Opened) -> Both:
    theirs = str(opened.manifest["guiju"]["package"])[:40]
    if theirs != guiju.__version__:
        return Both(
            f"字节不同；封存用 guiju {theirs}，这里是 {guiju.__version__}",
            f"other bytes; packed by guiju {theirs}, and this is {guiju.__version__}",
        )
    return Both("字节不同", "other bytes")
