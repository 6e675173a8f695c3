"""Reads of the members of a large group what its rule asks of them and what names them; all else of their lines is passed over.

Hundreds of records stand behind one finding on a group, and nothing but a field or two of each is looked at.
"""

import msgspec

from guiju.catalog.readers.from_ckan import is_package
from guiju.catalog.records.model import Record
from guiju.dsl.ir.tree import Rule
from guiju.validators.explain.subjects import names_in
from guiju.validators.plan.footprint import fields_read
from guiju.validators.streaming.chunk_checker import ChunkChecker

__all__ = ["MemberReader"]


class MemberReader:
    """Of the lines of one input, written as its head is, the fields that a rule on groups asks for."""

    def __init__(self, checker: ChunkChecker, rule: Rule) -> None:
        self._checker = checker
        self._line: msgspec.json.Decoder[msgspec.Struct] | None = None
        vocabulary, learned = checker.job.plan.vocabulary, checker.layout
        if learned is None or learned.shape != rule.subject.shape:
            return
        wanted = {*names_in(vocabulary.shape(learned.shape)), *dict(fields_read(rule, vocabulary)).get(learned.shape, ())}
        keys, others, _ = learned.spelling(learned.shape)
        if is_package(list(keys.values())):
            return
        self._keys = {f"x{number}": key for number, (id, key) in enumerate(keys.items()) if id in wanted}
        passed = [*(key for id, key in keys.items() if id not in wanted), *others]
        names = {**self._keys, **{f"y{number}": key for number, key in enumerate(passed)}}
        fields = [(name, msgspec.Raw, msgspec.UNSET) for name in names]
        made = msgspec.defstruct("Member", fields, rename=names, kw_only=True, gc=False, forbid_unknown_fields=True)
        self._line = msgspec.json.Decoder(made)

    def read(self, mark: int, number: int, first: int) -> tuple[Record, ...]:
        """The record of a line, with these fields and its places; all records of the line where it is written otherwise."""
        line = self._checker.job.lines.line(mark) if self._line is not None else b""
        try:
            read = self._line.decode(line) if self._line is not None else None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            read = None
        if read is None:
            return self._checker.read(mark, number, first)
        held = ((key, getattr(read, name)) for name, key in self._keys.items())
        kept = b"{" + b",".join(b'"%s":%s' % (key.encode(), raw) for key, raw in held if raw is not msgspec.UNSET) + b"}"
        return self._checker.read_part(mark, number, first, line, kept) or self._checker.read(mark, number, first)
