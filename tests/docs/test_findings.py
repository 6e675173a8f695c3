"""The sheet `docs/findings.md` is what guiju tells of sixty cases of the shipped rules; GUIJU_ACCEPT=1 writes it anew (then read it)."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guiju.diagnostics.source import Source
from guiju.standards.load import load_calendar
from guiju.terms.tongue import Tongue
from guiju.terms.verdict import Verdict
from guiju.validators.findings.model import Finding
from guiju.validators.testing.cases import Case, CaseFile, read_cases, run_cases
from tests.rules.test_cases import FILES, RULES, ruleset

_SHEET = Path(__file__).parents[2] / "docs" / "findings.md"
_SHOWN = {Verdict.FAIL: 48, Verdict.UNDETERMINED: 6, Verdict.NOT_APPLICABLE: 6}
_OPENING = """\
# 六十条检查发现 · Sixty findings

每条三行：哪里不对、怎么办、依据；下面是细节。由测试从规则的用例生成，改动规则或措辞之后运行 `make accept`，再读一遍。

Three lines each: what is wrong, what to do, by which article; the details below. A test makes this page of the cases of the rules;
after a change of rules or words run `make accept`, and read it.
"""
_DETAILS = {"seen": ("现状", "seen"), "required": ("要求", "required"), "message": ("细述", "in detail"), "flips": ("改判", "would pass")}


def _of(verdict: Verdict) -> list[tuple[CaseFile, Case]]:
    """Cases of that outcome, spread over the rules: the first of a file, of every so many files."""
    found = []
    for path in FILES:
        file, _ = read_cases(Source(path.relative_to(RULES).as_posix(), path.read_text(encoding="utf-8")))
        assert file is not None
        found += [(file, one) for one in file.cases if one.want is verdict][:1]
    step = max(len(found) // _SHOWN[verdict], 1)
    return found[::step][: _SHOWN[verdict]]


def _findings() -> Iterator[tuple[str, Finding]]:
    calendar = load_calendar()
    for verdict in _SHOWN:
        for file, case in _of(verdict):
            (result,) = run_cases(replace(file, cases=(case,)), ruleset(), calendar)
            assert result.finding is not None
            yield case.name, result.finding


def _entry(number: int, case: str, finding: Finding) -> str:
    lines = [f"## {number}. {finding.rule_name.zh} · {finding.rule_name.en}", "", f"{finding.verdict.words.zh} · {case}", ""]
    for tongue in Tongue:
        todo = finding.todo.say(tongue) if finding.todo is not None else "—"
        lines += [f"1. {finding.problem.say(tongue)}", f"2. {todo}", f"3. {finding.basis.say(tongue)}", ""]
        for part, names in _DETAILS.items():
            said = getattr(finding, part)
            if said is not None and said.say(tongue) != finding.problem.say(tongue):
                lines.append(f"   - {names[tongue is Tongue.EN]}{'：' if tongue is Tongue.ZH else ': '}{said.say(tongue)}")
        lines.append("")
    return "\n".join(lines)


def test_the_sheet_of_findings_is_what_guiju_tells_today() -> None:
    entries = [_entry(number, case, finding) for number, (case, finding) in enumerate(_findings(), start=1)]
    assert len(entries) == sum(_SHOWN.values())
    text = "\n".join([_OPENING, *entries]).rstrip() + "\n"
    if os.environ.get("GUIJU_ACCEPT") and _SHEET.read_text(encoding="utf-8") != text:
        _SHEET.write_text(text, encoding="utf-8")
    assert _SHEET.read_text(encoding="utf-8") == text
