"""`guiju standards`: which instruments there are, what each says of itself, what replaced it, what a kind of project must cite."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.commands.terminal.tongue import say

__all__ = ["standards"]


def _told(flag: str, zh: str, en: str) -> Any:
    """An option by which `add` is told something."""
    return typer.Option(flag, help=say(f"add：{zh}", f"add: {en}"), show_default=False)


def standards(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="list|show|chain|tree|kinds|for|as-of|cited|gaps|overlaps|review|table|add …",
            help=say(
                "list [词]；show 编号；chain 编号（沿革）；tree；kinds；for 类别；as-of 日期；cited 文件或者编号；gaps 没有标准的类；overlaps 名称相近的标准；review 到期复审的标准；table 明细表；add 登记一份文件",
                "list [WORDS]; show NAME; chain NAME (what replaced it); tree; kinds; for KIND; as-of DAY; cited FILE or NUMBERS; "
                "gaps (classes without a standard); overlaps (like titles); review (due for review); table (the framework as a workbook); add (records an instrument)",
            ),
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help=say("按哪一天（默认：今天）", "on which day (default: today)"))
    ] = None,
    year: Annotated[
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
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="WH-…", help=say("只列标准体系的这一类", "only this class of the framework"))
    ] = None,
    must: Annotated[bool, typer.Option("--must", help=say("只列必须遵守的", "only what must be followed"))] = False,
    all_: Annotated[bool, typer.Option("--all", help=say("tree 连同每一项", "with tree: every edition too"))] = False,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="6m", help=say("review：多久之内到期，例如 6m、90d、1年", "with review: due within 6m, 90d, 1y")),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE.xlsx", help=say("table：写到哪个文件", "with table: the file to write"))
    ] = None,
    number: Annotated[str | None, _told("--number", "编号或文号", "its number")] = None,
    title: Annotated[str | None, _told("--title", "名称", "its title in Chinese")] = None,
    title_en: Annotated[str | None, _told("--title-en", "英文名称", "its title in English")] = None,
    body: Annotated[str | None, _told("--body", "发布机关", "who issued it")] = None,
    level: Annotated[
        str | None, _told("--level", "层级：法律、部门规章、地方文件……", "its level: law, ministry_rule, local_document …")
    ] = None,
    nature: Annotated[
        str | None, _told("--nature", "约束力：binding、mandatory、recommended、guidance", "binding, mandatory, recommended or guidance")
    ] = None,
    issued: Annotated[str | None, _told("--issued", "公布日", "the day of publication")] = None,
    in_force: Annotated[str | None, _told("--in-force", "施行日", "the first day in force")] = None,
    until: Annotated[str | None, _told("--until", "失效日", "the last day in force")] = None,
    confidence: Annotated[
        str | None,
        _told("--confidence", "怎样知道的：verified-in-text、third-party、memory……", "how it is known: verified-in-text, memory …"),
    ] = None,
    id_: Annotated[str | None, _told("--id", "登记的标识", "the id of the record")] = None,
    clause: Annotated[
        list[str] | None,
        typer.Option("--clause", help=say("add：条款，第七条：内容（可多次）", "add: a clause, 第七条: what it says (may be given again)")),
    ] = None,
    replaces: Annotated[
        list[str] | None,
        typer.Option("--replaces", help=say("add：代替登记里的哪一份（标识）", "add: the id of the record that it replaces")),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=say("写成 JSON", "as JSON"))] = False,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help=say("语言", "language"))] = None,
) -> None:
    """Ask about instruments."""
    if words and words[0] == "add":
        from guiju.commands.bureau.run_standards_add import Said, add_record

        named = " ".join(words[1:]) or None
        said = Said(
            number=number,
            title=title or named,
            title_en=title_en,
            body=body,
            level=level,
            nature=nature,
            issued=issued,
            in_force=in_force,
            until=until,
            clauses=tuple(clause) if clause else None,
            confidence=confidence,
            category=category,
            id=id_,
            replaces=tuple(replaces or ()),
        )
        raise typer.Exit(add_record(said))
    from guiju.commands.bureau.run_standards import Question, answer

    day = _day(as_of, "--as-of")
    raise typer.Exit(
        answer(
            Question(
                words=tuple(words or ("list",)),
                on=day,
                year=year,
                category=category,
                must=must,
                deep=all_,
                json=json,
                within=within,
                output=output,
            )
        )
    )


def _day(text: str | None, where: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            say(f"“{text}”不是日期；请写成 2026-03-01", f"{text!r} is not a day; write 2026-03-01"), param_hint=where
        ) from None
