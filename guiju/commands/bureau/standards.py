"""`guiju standards`: which instruments there are, what each says of itself, what replaced it, what a kind of project must cite."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["standards"]


def _told(flag: str, zh: str, en: str) -> Any:
    """An option by which `add` is told something."""
    return typer.Option(flag, help=say(f"add：{zh}", f"add: {en}"), show_default=False)


_Words: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="list|show|chain|tree|kinds|for|as-of|cited|gaps|overlaps|review|table|add …",
        help=say(
            "list [词]；show 编号；chain 编号（沿革）；tree；kinds；for 类别；as-of 日期；cited 文件或者编号；"
            "gaps 没有标准的类；overlaps 名称相近的标准；review 到期复审的标准；table 明细表；add 登记一份文件",
            "list [WORDS]; show NAME; chain NAME (what replaced it); tree; kinds; for KIND; as-of DAY; cited FILE or NUMBERS; "
            "gaps (classes without a standard); overlaps (like titles); review (due for review); table (the framework as a workbook); "
            "add (records an instrument)",
        ),
        show_default=False,
    ),
]
_AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("按哪一天（默认：今天）", "on which day (default: today)"))
]
_Year: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--year",
        min=1949,
        max=2100,
        help=say(
            "按哪一年：今年按今天，往年按年末，来年按年初",
            "in which year: today in this one, the last day of a past one, the first of one to come",
        ),
    ),
]
_Category: TypeAlias = Annotated[
    str | None, typer.Option("--category", metavar="WH-…", help=say("只列标准体系的这一类", "only this class of the framework"))
]
_Must: TypeAlias = Annotated[bool, typer.Option("--must", help=say("只列必须遵守的", "only what must be followed"))]
_All: TypeAlias = Annotated[bool, typer.Option("--all", help=say("tree 连同每一项", "with tree: every edition too"))]
_Within: TypeAlias = Annotated[
    str | None,
    typer.Option("--within", metavar="6m", help=say("review：多久之内到期，例如 6m、90d、1年", "with review: due within 6m, 90d, 1y")),
]
_Output: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help=say("table：写到哪个文件", "with table: the file to write"))
]
_Number: TypeAlias = Annotated[str | None, _told("--number", "编号或文号", "its number")]
_Title: TypeAlias = Annotated[str | None, _told("--title", "名称", "its title in Chinese")]
_TitleEn: TypeAlias = Annotated[str | None, _told("--title-en", "英文名称", "its title in English")]
_Body: TypeAlias = Annotated[str | None, _told("--body", "发布机关", "who issued it")]
_Level: TypeAlias = Annotated[
    str | None, _told("--level", "层级：法律、部门规章、地方文件……", "its level: law, ministry_rule, local_document …")
]
_Nature: TypeAlias = Annotated[
    str | None, _told("--nature", "约束力：binding、mandatory、recommended、guidance", "binding, mandatory, recommended or guidance")
]
_Issued: TypeAlias = Annotated[str | None, _told("--issued", "公布日", "the day of publication")]
_InForce: TypeAlias = Annotated[str | None, _told("--in-force", "施行日", "the first day in force")]
_Until: TypeAlias = Annotated[str | None, _told("--until", "失效日", "the last day in force")]
_Confidence: TypeAlias = Annotated[
    str | None,
    _told("--confidence", "怎样知道的：verified-in-text、third-party、memory……", "how it is known: verified-in-text, memory …"),
]
_Id: TypeAlias = Annotated[str | None, _told("--id", "登记的标识", "the id of the record")]
_Clause: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--clause", help=say("add：条款，第七条：内容（可多次）", "add: a clause, 第七条: what it says (may be given again)")),
]
_Replaces: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--replaces", help=say("add：代替登记里的哪一份（标识）", "add: the id of the record that it replaces")),
]
_Json: TypeAlias = Annotated[bool, typer.Option("--json", help=say("写成 JSON", "as JSON"))]
_Lang: TypeAlias = Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))]


def standards(
    words: _Words = None,
    as_of: _AsOf = None,
    year: _Year = None,
    category: _Category = None,
    must: _Must = False,
    all_: _All = False,
    within: _Within = None,
    output: _Output = None,
    number: _Number = None,
    title: _Title = None,
    title_en: _TitleEn = None,
    body: _Body = None,
    level: _Level = None,
    nature: _Nature = None,
    issued: _Issued = None,
    in_force: _InForce = None,
    until: _Until = None,
    confidence: _Confidence = None,
    id_: _Id = None,
    clause: _Clause = None,
    replaces: _Replaces = None,
    json: _Json = False,
    lang: _Lang = None,
) -> None:
    """Ask about instruments."""
    if words and words[0] == "add":
        from guiju.commands.bureau.run_standards_add import Said, add_record

        named = " ".join(words[1:]) or None
        said = Said(
            number=number, title=title or named, title_en=title_en, body=body, level=level, nature=nature, issued=issued,
            in_force=in_force, until=until, clauses=tuple(clause) if clause else None, confidence=confidence, category=category,
            id=id_, replaces=tuple(replaces or ()),
        )  # fmt: skip
        raise typer.Exit(add_record(said))
    from guiju.commands.bureau.run_standards import Question, answer

    asked = Question(
        words=tuple(words or ("list",)), on=_day(as_of, "--as-of"), year=year, category=category, must=must, deep=all_, json=json,
        within=within, output=output,
    )  # fmt: skip
    raise typer.Exit(answer(asked))


def _day(text: str | None, where: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01"), param_hint=where
        ) from None
