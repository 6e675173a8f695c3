"""The number of a release by what it does to verdicts: stricter is major, looser or new is minor, words alone are a patch."""

from collections.abc import Iterable

from guiju.proofs.change import SetChange
from guiju.proofs.relations import Relation
from guiju.terms.tongue import Both

__all__ = ["CLASSES", "class_of", "next_version", "plain_changes", "step_of"]

CLASSES = {
    "major": Both("更严：以前符合的可能不再符合", "stricter: what met the rules may no longer do so"),
    "minor": Both("更宽或新增", "looser, or new"),
    "patch": Both("只改措辞，判定不变", "words alone: no verdict changes"),
}
_ORDER = ("patch", "minor", "major")


def class_of(kind: str, relation: Relation) -> str:
    """The class of one change. What was not proved to be harmless is taken for stricter."""
    if kind in ("new", "gone"):
        return "minor"
    if kind == "reworded" or relation in (Relation.EQUAL, Relation.REASONED):
        return "patch"
    return "minor" if relation is Relation.LOOSER else "major"


def step_of(classes: Iterable[str]) -> str | None:
    """The gravest class; None where nothing changed."""
    return max(classes, key=_ORDER.index, default=None)


def next_version(previous: tuple[int, int, int] | None, step: str | None) -> str:
    """The number after the previous one; 1.0.0 for the first."""
    if previous is None:
        return "1.0.0"
    major, minor, patch = previous
    match step:
        case "major":
            return f"{major + 1}.0.0"
        case "minor":
            return f"{major}.{minor + 1}.0"
        case "patch":
            return f"{major}.{minor}.{patch + 1}"
        case _:
            return f"{major}.{minor}.{patch}"


def plain_changes(found: SetChange, names: dict[str, Both]) -> list[dict[str, str]]:
    """The list of changes in plain words of both tongues."""
    made: list[dict[str, str]] = []
    for kind, change in found.changes:
        name = names.get(change.rule, Both(change.rule, change.rule))
        step = class_of(kind, change.relation)
        words = _KINDS[kind]
        told = _RELATIONS[change.relation]
        made.append(
            {
                "rule": change.rule,
                "class": step,
                "relation": change.relation.value,
                "zh": f"{words.zh}“{name.zh}”：{told.zh}",
                "en": f"{words.en} `{name.en}`: {told.en}",
            }
        )
    return made


_KINDS = {
    "changed": Both("改动", "changed"),
    "new": Both("新增", "new"),
    "gone": Both("删去", "gone"),
    "reworded": Both("改写措辞", "reworded"),
}
_RELATIONS = {
    Relation.EQUAL: Both("判定不变", "no verdict changes"),
    Relation.STRICTER: Both("更严", "stricter"),
    Relation.LOOSER: Both("更宽", "looser"),
    Relation.INCOMPARABLE: Both("有严有宽", "stricter for some, looser for others"),
    Relation.REASONED: Both("结果相同，理由不同", "the same outcome for another reason"),
    Relation.UNKNOWN: Both("没有证明", "not proved"),
    Relation.SAMPLED: Both("只做抽样，没有证明", "sampled only, not proved"),
}
