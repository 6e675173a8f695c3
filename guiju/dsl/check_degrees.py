"""Rules whose steps grow faster than what they are asked about say so, and why: 允许 两两比较，因为 ….

Whoever runs a stranger's rules knows by this that none of them takes for ever; a budget holds those that say so as well.
"""

import re
from functools import partial

from guiju.diagnostics.diagnostic import Diagnostic
from guiju.dsl.ir.degree import degree_of
from guiju.dsl.ir.from_model import Lowering
from guiju.dsl.ir.tree import Rule
from guiju.dsl.model.check_memo import CheckMemo
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.syntax import tree as syn
from guiju.terms.tongue import Both

__all__ = ["check_degrees"]

_BECAUSE = re.compile(r"(?:因为|because)\s*[:：]?\s*\S", re.IGNORECASE)
_HELP = Both(
    "写上 允许 两两比较，因为 …；或换一种不必互相比较的写法",
    "write `allows` what it walks `because` why, or say it without comparing all with all",
)


def _degree(lowering: Lowering, rule: Rule) -> int:
    return degree_of(lowering.rule(rule))


def check_degrees(model: CheckedModel, memo: CheckMemo | None = None) -> tuple[Diagnostic, ...]:
    """A rule of higher degree that does not allow it (T035), and a permission without a reason (T036)."""
    found = DiagnosticSink()
    rules = tuple(one for one in model.rules if not one.rule.implicit)
    memo = CheckMemo() if memo is None else memo
    lowering = Lowering.of(model.terms, model.tables)
    for checked in rules:
        rule = checked.rule
        degree = memo.value_on("degree", checked, partial(_degree, lowering, checked.rule))
        allowed = [part for part in checked.decl.parts if isinstance(part, syn.FreeText) and part.kind == "allows"]
        if degree > 1 and not allowed:
            found.report("T035", checked.decl.keyword_span, name=rule.name, degree=str(degree), help=_HELP)
        for part in allowed:
            if not _BECAUSE.search(part.text):
                found.report("T036", part.text_span)
    return tuple(found.all)
