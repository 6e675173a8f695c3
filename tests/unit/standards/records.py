"""Small records as text, for tests that break one thing at a time."""

from guiju.diagnostics.source import Source

__all__ = ["record"]

_FIELDS = (
    *("id", "instrument", "number", "title", "names", "body", "level", "nature", "status", "issued", "in_force", "until"),
    *("replaces", "replaced_by", "category", "applies_to", "articles", "known_by_reference", "confidence", "recheck", "clauses"),
)


def record(edition: str, **fields: str) -> Source:
    """A sound record of an edition, its fields overridden by YAML texts; a field given as '' is left out."""
    values = {
        "id": edition,
        "instrument": edition.partition("-")[0],
        "number": f'"NO {edition}"',
        "title": f'{{zh: "题 {edition}", en: "Title {edition}"}}',
        "body": '{zh: "机构", en: "Body"}',
        "level": "national_standard",
        "nature": "recommended",
        "status": "current",
        "issued": "null",
        "in_force": "null",
        "until": "null",
        "category": "WH-0101",
        "confidence": "verified",
        **fields,
    }
    lines = [f"{name}: {values[name]}" for name in _FIELDS if values.get(name)]
    lines += [f"{name}: {value}" for name, value in fields.items() if name not in _FIELDS]
    return Source(f"{edition}.yaml", "\n".join(lines) + "\n")
