"""What a comment in a document says of one remark: how grave, what, what was seen, by which clause, how to mend."""

from guiju.forms.annotate.remarks import Marking, Remark
from guiju.terms.tongue import Both

__all__ = ["AUTHOR", "remark_words"]

AUTHOR = Both("规矩", "Guiju")


def remark_words(remark: Remark, marking: Marking, note: str = "") -> str:
    """The lines of a comment; `note` says where the words stand when they cannot carry it."""
    head = f"{remark.severity.words.say(marking.tongue)} · {remark.title}"
    return "\n".join(one for one in (head + note, remark.message, remark.seen, remark.cites, remark.fix, remark.code) if one)
