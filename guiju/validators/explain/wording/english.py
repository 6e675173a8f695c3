"""English grammar for names: their article, their number, and the verb that agrees with them."""

import re

__all__ = ["agree", "is_clause", "is_plural", "negated_clause", "noun", "plural", "with_article"]

# Names that are clauses without a subject: `contains personal information`, `is a pilot`.
_CLAUSES = {
    "is": ("is", "is not"),
    "has": ("has", "does not have"),
    "contains": ("contains", "does not contain"),
    "needs": ("needs", "does not need"),
    "uses": ("uses", "does not use"),
    "covers": ("covers", "does not cover"),
    "includes": ("includes", "does not include"),
    "serves": ("serves", "does not serve"),
    "processes": ("processes", "does not process"),
    "holds": ("holds", "does not hold"),
    "gives": ("gives", "does not give"),
    "carries": ("carries", "does not carry"),
    "may": ("may", "may not"),
}
_PREPOSITION = re.compile(r" (?:of|in|for|to|by|with|on|at|from|that|per|under|over|before|after|whose|taken|held|given|made) ")
_SINGULAR = ("ss", "us", "is")
_ALWAYS_SINGULAR = frozenset({"series", "means", "news", "gps", "status", "basis", "address"})
_ALWAYS_PLURAL = frozenset({"data", "people", "premises"})


def is_clause(name: str) -> bool:
    """Whether a name is a clause of its subject, as the names of many yes-or-no fields are."""
    return name.split(" ", 1)[0] in _CLAUSES


def negated_clause(name: str) -> str:
    """The clause, negated: `contains personal information` becomes `does not contain personal information`."""
    verb, _, rest = name.partition(" ")
    return f"{_CLAUSES[verb][1]} {rest}".rstrip()


def with_article(name: str) -> str:
    """An English name with its article; a participle such as `submitted`, a clause, or a name that has one takes none."""
    if name.endswith("ed") or is_clause(name) or name.startswith(("the ", "a ", "an ", "this ", "whether ", "how ")):
        return name
    return f"the {name}"


def noun(name: str) -> str:
    """The name where a noun is wanted: a clause is put in quotation marks."""
    return f'"{name}"' if is_clause(name) else name


def is_plural(name: str) -> bool:
    """Whether the head of a name stands for several: `the items of the data set`, and not `number of sites`."""
    head = _PREPOSITION.split(name.partition(" (")[0], maxsplit=1)[0]
    if " and " in head:
        return True
    word = head.rsplit(" ", 1)[-1].lower()
    if word in _ALWAYS_PLURAL:
        return True
    return word.endswith("s") and not word.endswith(_SINGULAR) and word not in _ALWAYS_SINGULAR


def agree(name: str, words: str) -> str:
    """A predicate as its subject wants it: `is given` of a plural name is `are given`."""
    if not is_plural(name):
        return words
    for single, many in (
        ("is ", "are "),
        ("has ", "have "),
        ("holds ", "hold "),
        ("does ", "do "),
        ("contains ", "contain "),
        ("includes", "include"),
    ):
        if words.startswith(single):
            return many + words[len(single) :]
    return "are" if words == "is" else words


def plural(name: str, count: int) -> str:
    """An English name for so many of its kind; what qualifies it stays behind it."""
    if count == 1 or is_plural(name):
        return name
    found = _PREPOSITION.search(name)
    head, rest = (name[: found.start()], name[found.start() :]) if found is not None else (name, "")
    if head.endswith("s") and not head.endswith("ss"):
        return name
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return f"{head[:-1]}ies{rest}"
    return f"{head}es{rest}" if head.endswith(("x", "ch", "sh", "ss")) else f"{head}s{rest}"
