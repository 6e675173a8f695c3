"""The gallery `docs/messages.md` is what guiju says today; GUIJU_ACCEPT=1 writes it anew (then read `git diff`)."""

import os
from datetime import date
from functools import cache
from pathlib import Path

from guiju.catalog.read import read
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.render import draw
from guiju.diagnostics.source import Source
from guiju.dsl.ruleset import Ruleset
from guiju.pipeline import check_submission, memo_of, read_rules, shipped_rules
from guiju.standards.load import load_calendar
from guiju.terms.tongue import Both, Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding
from tests.docs.gallery import APPLICANTS, AUTHORS, Mistake
from tests.pages.page import drawing, read_page, run_block

ROOT = Path(__file__).parents[2]
_GALLERY = ROOT / "docs" / "messages.md"
_PAGES = ROOT / "guiju" / "diagnostics" / "pages"
_DAY = date(2026, 3, 17)
_ALIKE = (Verdict.FAIL, Verdict.UNDETERMINED, Verdict.ERROR)
_OPENING = """\
# 它会怎样说 · What guiju says

六十个常见的错误，和 guiju 对每一个说的话。这一页由测试生成并核对，改动规则或措辞之后运行 `make accept`。

Sixty common mistakes, and what guiju says to each. A test generates this page and holds it true; after a change of rules
or words run `make accept`.
"""


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip() or ' '}\n```"


def _entry(number: int, title: str, language: str, guilty: str, said: dict[Tongue, str]) -> str:
    return "\n\n".join([f"### {number}. {title}", _fenced(language, guilty), *(_fenced("text", said[tongue]) for tongue in Tongue)])


def _of_author(number: int, code: str) -> str:
    page = read_page(_PAGES / f"{code}-{TABLE[code].slug}.md")
    (guilty,) = page.blocks("有错的例子 · Guilty")
    sources, found = run_block(guilty)
    said = {tongue: drawing(tuple(one for one in found if one.code == code), sources, tongue) for tongue in Tongue}
    title = page.title.partition(" · ")[2]
    return _entry(number, f"{title} · {page.slug.replace('-', ' ')} ({code})", "gj", guilty.text, said)


@cache
def _ruleset() -> Ruleset:
    made = read_rules([shipped_rules()], memo_of({})).ruleset
    assert made is not None
    return made


def _of_applicant(number: int, mistake: Mistake) -> str:
    submission = read(["-"], _ruleset().vocabulary, stdin=mistake.text.encode(), stdin_name=mistake.file)
    source = Source(mistake.file, mistake.text)
    said: dict[Tongue, str] = {}
    for tongue in Tongue:
        parts = [draw(one, source, tongue=tongue, width=100) for one in submission.diagnostics]
        parts += [_header(one.header, one.nearest, tongue) for one in submission.headers if one.field is None]
        if mistake.rule:
            report = check_submission(_ruleset(), submission, as_of=submission.submitted or _DAY, calendar=load_calendar())
            parts += [_finding(one, tongue) for one in report.findings if _is_of(one, mistake.rule) and one.verdict in _ALIKE]
        said[tongue] = "\n\n".join(parts)
    assert said[Tongue.ZH], f"nothing is said of {mistake.title.zh}"
    return _entry(number, f"{mistake.title.zh} · {mistake.title.en}", mistake.file.rpartition(".")[2], mistake.text, said)


def _is_of(finding: Finding, rule: str) -> bool:
    return finding.rule == rule or finding.rule.rsplit(".", 1)[-1] == rule


def _header(header: str, near: str | None, tongue: Tongue) -> str:
    if tongue is Tongue.ZH:
        return f"未识别的表头：{header}" + (f"（相近：{near}）" if near else "")
    return f"header not recognised: {header}" + (f" (near it: {near})" if near else "")


def _finding(one: Finding, tongue: Tongue) -> str:
    verdict, severity = one.verdict.words.say(tongue), one.severity.words.say(tongue)
    cited = "; ".join(f"{each.title.say(tongue)} {each.clause_text.say(tongue)}".rstrip() for each in one.citations)
    place = one.places[0] if one.places else None
    where = f"{place.file}:{place.line}" if place is not None and place.line is not None else ""
    lines = [f"{verdict} · {severity} · {one.rule_name.say(tongue)} [{one.rule}]", f"{where}  {one.message.say(tongue)}".strip()]
    lines += [f"{Both('依据', 'cites').say(tongue)}: {cited}"] if cited else []
    lines += [f"{Both('整改', 'mend').say(tongue)}: {one.fix.say(tongue)}"] if one.fix is not None else []
    return "\n".join(lines)


def _gallery() -> str:
    parts = [_OPENING.rstrip(), "## 写规则的人 · Authors"]
    parts += [_of_author(number, code) for number, code in enumerate(AUTHORS, 1)]
    parts.append("## 填材料的人 · Applicants")
    parts += [_of_applicant(number, one) for number, one in enumerate(APPLICANTS, 1)]
    return "\n\n".join(parts) + "\n"


def test_there_are_thirty_mistakes_of_each_and_no_two_alike() -> None:
    assert len(set(AUTHORS)) == 30
    assert len({one.title.zh for one in APPLICANTS}) == len({one.text for one in APPLICANTS}) == 30


def test_the_gallery_is_what_guiju_says() -> None:
    said = _gallery()
    if os.environ.get("GUIJU_ACCEPT") == "1" and (not _GALLERY.exists() or _GALLERY.read_text("utf-8") != said):
        _GALLERY.write_text(said, "utf-8")
        raise AssertionError("written anew; read `git diff`, then run again")
    assert _GALLERY.read_text("utf-8") == said
