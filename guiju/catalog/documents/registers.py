"""The rows of a register that tells what to look for in documents: the shipped one, and those that a bureau adds beside it."""

from collections.abc import Sequence

from guiju.terms.shape import Vocabulary

__all__ = ["belongs_to", "rows_of"]


def belongs_to(register: str, id: str) -> bool:
    """Whether a register is the one of that id or one beside it: 江夏文稿抽取 / document_fact_jiangxia adds to document_fact."""
    return register == id or register.startswith(f"{id}_")


def rows_of(vocabulary: Vocabulary, id: str) -> Sequence[Sequence[str]]:
    """The rows of the register and of those beside it, which have its columns."""
    own = next((one for one in vocabulary.shapes if one.id == id), None)
    if own is None:
        return ()
    beside = (one for one in vocabulary.shapes if one.id != id and belongs_to(one.id, id) and len(one.fields) == len(own.fields))
    return (*own.rows, *(row for one in beside for row in one.rows))
