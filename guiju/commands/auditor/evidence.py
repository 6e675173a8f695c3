"""`guiju evidence` packs, signs and excerpts a run; `guiju verify` judges a pack or a slip again.

verify: 0 it holds · 1 it does not · 2 it could not be read, or not all of it could be checked.
"""

from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from guiju.commands.shared.check_files import day_of
from guiju.commands.shared.rulesets import rules_or_complain, today
from guiju.commands.shared.waiver_files import load_waivers, read_bytes
from guiju.commands.terminal.guard import public_name
from guiju.commands.terminal.terminal import eprint, put, tell_unwritten
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.evidence.forms import USUAL_FORMS, written_form
from guiju.evidence.inputs import gather, read_inputs
from guiju.evidence.model import Asked, Check, Outcome, PackFault
from guiju.reports.formats import FORMATS, MissingExtra
from guiju.reports.layout.escape import visible
from guiju.reports.refused import FormRefused
from guiju.standards.load import load_calendar
from guiju.store.whole_file import PRIVATE
from guiju.terms.tongue import Both, Tongue, counted

__all__ = ["evidence", "verify"]

_ACTIONS = ("pack", "keygen", "slip")
_MARKS = {Outcome.HOLDS: Both("通过", "holds"), Outcome.BROKEN: Both("不符", "BROKEN"), Outcome.NOT_DONE: Both("未核验", "not done")}
_SIGN = Both("签名还需要安装：pip install 'guiju[sign]'", "signing needs: pip install 'guiju[sign]'")


_Inputs = Annotated[
    list[str] | None, typer.Option("--inputs", help=say("没有封入包里的原始数据所在", "where inputs lie that are not in the pack"))
]
_AddRules = Annotated[
    list[Path] | None, typer.Option("--add-rules", help=say("再加这些规则文件", "these rule files besides the shipped ones"))
]
_Finding = Annotated[
    str | None,
    typer.Option(
        "--finding",
        metavar=say("指纹", "FINGERPRINT"),
        help=say("凭单说哪一条（指纹开头）", "the finding of the slip, by its first characters"),
    ),
]


def evidence(
    action: Annotated[
        str, typer.Argument(metavar="|".join(_ACTIONS), help=say("封存、造钥匙、出具凭单", "pack a run, make a key, give a slip"))
    ],
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=say("文件…", "FILE…"),
            help=say("要封存的文件；slip 时是证据包", "the files to pack; for slip the pack"),
            show_default=False,
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help=say("写入文件", "write to a file"))] = None,
    with_inputs: Annotated[
        bool, typer.Option("--with-inputs", help=say("连原始数据一并封存（否则只存摘要）", "pack the inputs too, not their digests alone"))
    ] = False,
    key: Annotated[Path | None, typer.Option("--key", help=say("签名用的私钥（PEM）", "the private key to sign with (PEM)"))] = None,
    waivers: Annotated[list[Path] | None, typer.Option("--waivers", help=say("豁免清单", "waivers"))] = None,
    form: Annotated[list[str] | None, typer.Option("--form", help=say("封存哪些格式的报告", "the forms of the report to pack"))] = None,
    finding: _Finding = None,
    inputs: _Inputs = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("检查日", "the day of judgement"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", help=say("只用这些规则文件", "use these rule files only"))] = None,
    add_rules: _AddRules = None,
    kind: Annotated[str | None, typer.Option("--kind", help=say("文件里是什么", "what the files hold"))] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help=say("文字编码", "text encoding"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Pack evidence."""
    if action not in _ACTIONS:
        raise typer.BadParameter(say("只有 ", "there are only ") + ", ".join(_ACTIONS))
    if output is None:
        raise typer.BadParameter(say("请用 -o 指明写到哪里", "say with -o where to write"))
    try:
        asked = Asked(as_of=day_of(as_of) or today(), tongue=TONGUE, kind=kind, encoding=encoding, forms=tuple(form or USUAL_FORMS))
        wish = _Packing(files or [], rules, add_rules, waivers, asked, dated=as_of is not None, with_inputs=with_inputs, key=key)
        match action:
            case "keygen":
                code = _keygen(output)
            case "slip":
                code = _slip(files or [], finding, tuple(inputs or ()), output)
            case _:
                code = wish.write(output)
    except _TOLD as error:
        code = _excuse(error, output)
    raise typer.Exit(code)


_TOLD = (PackFault, MissingExtra, FormRefused, OSError)


def _excuse(error: Exception, output: Path) -> int:
    """Says on stderr why it could not be done; the exit code."""
    match error:
        case PackFault() | FormRefused():
            eprint(error.words.say(TONGUE))
        case MissingExtra():
            eprint(say(f"还需要安装 {error.package}。", f"The package {error.package} is needed."))
        case OSError():
            tell_unwritten(error, output)
    return 2


class _Packing:
    """One packing: what was asked for, and the steps that lead to a file."""

    def __init__(
        self,
        files: list[str],
        rules: list[Path] | None,
        add_rules: list[Path] | None,
        waivers: list[Path] | None,
        asked: Asked,
        *,
        dated: bool,
        with_inputs: bool,
        key: Path | None,
    ) -> None:
        self.files, self.rules, self.add_rules, self.waivers = files, tuple(rules or ()), tuple(add_rules or ()), tuple(waivers or ())
        self.asked, self.dated, self.with_inputs, self.key = asked, dated, with_inputs, key

    def write(self, output: Path) -> int:
        """The exit code, after the pack has been written."""
        unknown = [form for form in self.asked.forms if form != "text" and form not in FORMATS]
        if unknown:
            raise PackFault(Both(f"没有“{unknown[0]}”这种格式", f"there is no form {unknown[0]!r}"))
        key = None if self.key is None else _key(self.key)
        ruleset = rules_or_complain(self.rules, self.add_rules, color=None)
        if ruleset is None or (self.waivers and load_waivers(self.waivers, ruleset, color=None)[0] is None):
            return 2
        inputs = gather(self.files)
        asked = self.asked
        if not self.dated:
            submitted = read_inputs(inputs, ruleset.vocabulary, kind=asked.kind, encoding=asked.encoding).submitted
            asked = Asked(as_of=submitted or asked.as_of, tongue=asked.tongue, kind=asked.kind, encoding=asked.encoding, forms=asked.forms)
        texts = {f"{number}-{path.name}": path.read_bytes() for number, path in enumerate(self.waivers, 1)}
        from guiju.evidence.pack import pack

        data, derived = pack(inputs, ruleset, load_calendar(), texts, asked, written_form, with_inputs=self.with_inputs, key=key)
        put(data, output)
        signed = say("，已签名", ", signed") if key is not None else ""
        found = len(derived.lines)
        eprint(
            say(
                f"已封存 {output}：{len(inputs)} 个文件，{found} 条检查发现{signed}",
                f"packed {output}: {counted(len(inputs), 'file')}, {counted(found, 'finding')}{signed}",
            )
        )
        return 0


def verify(
    file: Annotated[Path, typer.Argument(metavar=say("证据包或凭单", "PACK or SLIP"), show_default=False)],
    inputs: Annotated[
        list[str] | None, typer.Option("--inputs", help=say("没有封入包里的原始数据所在", "where inputs lie that are not in the pack"))
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help=say("您信任的公钥（PEM）", "the public key that you trust (PEM)"))] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Verify a pack or a slip."""
    data = read_bytes(file)
    if data is None:
        raise typer.Exit(2)
    try:
        trusted = None if key is None else _key(key)
        if data.lstrip()[:1] == b"{":
            from guiju.evidence.slip import verify_slip

            checks, finding = verify_slip(data, key=trusted)
            put(visible(f"{finding.get('message')}  [{finding.get('rule')}]") + "\n", None)
        else:
            from guiju.evidence import verify as doors

            supplied = gather(inputs) if inputs else ()
            checks = doors.verify_pack(doors.open_pack(data), supplied, written_form, key=trusted)
    except _TOLD as error:
        raise typer.Exit(_excuse(error, file)) from None
    raise typer.Exit(_told(checks))


def _told(checks: tuple[Check, ...]) -> int:
    """Says each check on stdout; the exit code."""
    for one in checks:
        why = f"（{one.why.zh}）" if one.why and TONGUE is Tongue.ZH else f" ({one.why.en})" if one.why else ""
        put(visible(f"{_MARKS[one.outcome].say(TONGUE)}  {one.what.say(TONGUE)}{why}") + "\n", None)
    outcomes = {one.outcome for one in checks}
    if Outcome.BROKEN in outcomes:
        put(say("不成立。\n", "It does not hold.\n"), None)
        return 1
    if Outcome.NOT_DONE in outcomes:
        put(say("没有全部核验。\n", "Not all of it was verified.\n"), None)
        return 2
    put(say("逐字节成立。\n", "It holds, byte for byte.\n"), None)
    return 0


def _keygen(output: Path) -> int:
    signers = _signers()
    private = signers.SIGNERS["ed25519"].generate()
    public = public_name(output)
    # A public part alone harms nobody; a private key whose public part was not written would be taken for a pair.
    put(signers.public_of(private), public)
    put(private, output, mode=PRIVATE)
    eprint(say(f"私钥 {output}（请妥善保管），公钥 {public}", f"private key {output} (keep it safe), public key {public}"))
    return 0


def _slip(files: list[str], finding: str | None, inputs: tuple[str, ...], output: Path) -> int:
    if finding is None:
        raise PackFault(Both("请用 --finding 指明是哪一条检查发现", "name the finding with --finding"))
    if not files:
        raise PackFault(Both("请指明证据包", "name the pack"))
    data = read_bytes(Path(files[0]))
    if data is None:
        return 2
    from guiju.evidence import verify as doors
    from guiju.evidence.slip import make_slip

    made = make_slip(doors.open_pack(data), gather(inputs) if inputs else (), written_form, finding)
    put(made, output)
    eprint(say(f"已出具凭单 {output}", f"wrote the slip {output}"))
    return 0


def _signers() -> ModuleType:
    try:
        from guiju.evidence import signers

        return signers
    except ImportError:
        raise PackFault(_SIGN) from None


def _key(path: Path) -> bytes:
    """A key that can be used; PackFault where the file holds none."""
    data = read_bytes(path)
    signers = _signers()
    try:
        signers.signer_of(data or b"")
    except signers.KeyFault:
        raise PackFault(Both(f"{path} 不是能用的钥匙", f"{path} is no key that can be used")) from None
    return data or b""
