"""Several declarations of one rule are its versions: their days must not overlap, and gaps between them are named."""

from guiju.diagnostics.diagnostic import Label
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedRule
from guiju.terms.time.period import Interval, gaps, overlaps
from guiju.terms.tongue import Both, Tongue

__all__ = ["check_versions"]


def check_versions(rules: tuple[CheckedRule, ...], found: DiagnosticSink) -> None:
    """Versions of one id; versions for submissions of different days (新老划断) may be in force together."""
    by_id: dict[str, list[CheckedRule]] = {}
    for one in rules:
        by_id.setdefault(one.rule.id, []).append(one)
    for versions in by_id.values():
        if len(versions) > 1:
            _check(versions, found)


def _check(versions: list[CheckedRule], found: DiagnosticSink) -> None:
    intervals = [Interval(one.rule.start, one.rule.end) for one in versions]
    for clash in overlaps(intervals):
        one, other = versions[clash.first], versions[clash.second]
        submitted = [Interval(*each.rule.submitted).meet(Interval()) for each in (one, other)]
        if submitted[0] is not None and submitted[1] is not None and submitted[0].meet(submitted[1]) is None:
            continue
        label = Label(one.decl.keyword_span, Both("另一个版本", "the other version"))
        found.report("N018", other.decl.keyword_span, name=other.rule.name, days=_said(clash.shared), labels=(label,))
    _acts_alike(versions, found)
    for gap in gaps(intervals):
        later = versions[gap.after]
        found.report("H008", later.decl.keyword_span, name=later.rule.name, days=_said(gap.missing))


def _acts_alike(versions: list[CheckedRule], found: DiagnosticSink) -> None:
    """Which version binds an act its day says, so all of them are asked of the same subjects and on the day of the act, or none is."""
    first = versions[0].rule
    for one in versions[1:]:
        is_act, was_act = (bool(rule.act and rule.act.days) for rule in (one.rule, first))
        if is_act != was_act or (is_act and one.rule.subject != first.subject):
            label = Label(versions[0].decl.keyword_span, Both("另一个版本", "the other version"))
            found.report("T075", one.decl.keyword_span, name=one.rule.name, labels=(label,))


def _said(interval: Interval) -> Both:
    return Both(interval.say(Tongue.ZH), interval.say(Tongue.EN))
