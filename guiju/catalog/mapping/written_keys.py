"""What the keys of one map mean, taken together: the maps of a catalog are written by one program, with the same keys."""

from collections.abc import Mapping

from guiju.catalog.mapping.headers import HeaderIndex
from guiju.terms.fast_dataclass import fast_dataclass

__all__ = ["WrittenKeys", "written_keys"]


@fast_dataclass(frozen=True, slots=True)
class WrittenKeys:
    """The keys by the path of field ids that they mean, the first key by the field with which its path begins, and those that mean none."""

    by_path: Mapping[tuple[str, ...], tuple[str, ...]]
    by_field: Mapping[str, str]
    others: tuple[str, ...]


def written_keys(index: HeaderIndex, keys: tuple[str, ...]) -> WrittenKeys:
    """The meanings of the keys under the names of one shape, in the order of the keys."""
    by_path: dict[tuple[str, ...], tuple[str, ...]] = {}
    by_field: dict[str, str] = {}
    others: list[str] = []
    for key in keys:
        match = index.find(key)
        if match is None:
            others.append(key)
            continue
        by_path[match.path] = (*by_path.get(match.path, ()), key)
        if match.path:
            by_field.setdefault(match.path[0], key)
    return WrittenKeys(by_path, by_field, tuple(others))
