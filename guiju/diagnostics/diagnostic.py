"""What is wrong with one of our own texts: frozen facts, from which the sentence is derived.

A diagnostic speaks to the author of a rule, a registry record or a workbook. It is never a finding about a subject
and never an exception.
"""

from enum import StrEnum

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.codes.table import TABLE
from guiju.diagnostics.span import Span
from guiju.terms.fast_dataclass import fast_dataclass
from guiju.terms.tongue import Both, Tongue
from guiju.terms.visible import as_compared

__all__ = ["Diagnostic", "Edit", "Fix", "Label", "Safety", "complain"]


class Safety(StrEnum):
    """Whether a mend may be applied unasked, only when asked, or only be shown."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    SHOW = "show"


@fast_dataclass(frozen=True, slots=True)
class Label:
    """At most six words beside a range of text."""

    span: Span
    text: Both


@fast_dataclass(frozen=True, slots=True)
class Edit:
    """Put this text in place of that range."""

    span: Span
    text: str


@fast_dataclass(frozen=True, slots=True)
class Fix:
    """A mend: what it does in words, its edits, and how safe it is."""

    title: Both
    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE


@fast_dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault at one place; the words come from the table of codes and the facts."""

    code: str
    span: Span
    facts: tuple[tuple[str, "str | Both"], ...] = ()
    labels: tuple[Label, ...] = ()
    help: Both | None = None
    fix: Fix | None = None

    @property
    def level(self) -> Level:
        """The level that the table gives to the code."""
        return TABLE[self.code].level

    @property
    def slug(self) -> str:
        """The readable name of the code."""
        return TABLE[self.code].slug

    def headline(self, tongue: Tongue) -> str:
        """One plain sentence in that tongue."""
        words = {name: fact.say(tongue) if isinstance(fact, Both) else as_compared(fact) for name, fact in self.facts}
        return TABLE[self.code].title.say(tongue).format(**words)


def complain(
    code: str,
    span: Span,
    *,
    labels: tuple[Label, ...] = (),
    help: Both | None = None,
    fix: Fix | None = None,
    **facts: str | Both,
) -> Diagnostic:
    """A diagnostic from its code, its smallest guilty span, and the facts that its title names."""
    return Diagnostic(code=code, span=span, facts=tuple(facts.items()), labels=labels, help=help, fix=fix)
