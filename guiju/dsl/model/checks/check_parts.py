"""Each part that can be said once only is said once: of two, one would be dropped in silence."""

from guiju.diagnostics.diagnostic import Label
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.syntax import tree as syn
from guiju.dsl.syntax.tokens import PARTS
from guiju.terms.tongue import Both

__all__ = ["check_parts"]

# Parts that hold one thing. Others gather: 依据, 适用, 除外, 整改 and what is running text.
_ONCE = frozenset(
    [
        *("severity", "dimension", "version", "status", "empty_passes", "submitted"),
        *("means", "gives", "subject", "reading", "labels_only", "ordered"),
        *("blank", "not_applicable_words", "pending_words", "true_words", "false_words", "money_unit", "fold_width"),
    ]
)
# Of these the first word alone is read.
_ONE_WORD = frozenset(["severity", "dimension", "version", "status", "money_unit", "reading"])


def check_parts(decl: syn.Decl, found: DiagnosticSink) -> None:
    """Complain of a part that is there twice (T020) and of words after the one that a part holds (S030)."""
    first: dict[str, syn.Part] = {}
    for part in decl.parts:
        for kind in _kinds(part):
            if kind in first and first[kind] is not part:
                label = Label(first[kind].span, Both("先在这里", "first here"))
                words = PARTS[kind]
                found.report("T020", part.span, part=Both(words.zh[0], words.en[0]), labels=(label,))
            first.setdefault(kind, part)
        if isinstance(part, syn.WordPart) and part.kind in _ONE_WORD and len(part.words) > 1:
            surplus = part.word_spans[1].join(part.word_spans[-1])
            found.report("S030", surplus, word=" ".join(part.words[1:]))


def _kinds(part: syn.Part) -> tuple[str, ...]:
    """What a part says that may be said once; 自 and 至 may stand on two lines."""
    match part:
        case syn.IntervalPart(kind="force", start=start, end=end):
            return tuple(kind for kind, day in (("force", start), ("until", end)) if day is not None)
        case syn.IntervalPart():
            return ("submitted",)
        case syn.SubjectPart():
            return ("subject",)
        case syn.WordPart(kind=kind) | syn.Requirement(kind=kind) if kind in _ONCE:
            return (kind,)
        case _:
            return ()
