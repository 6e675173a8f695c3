"""The result of checking one chunk: counts, row ids and columns for the join operators. Partial results are merged later."""

from array import array
from typing import Any

import msgspec

from guiju.terms.verdict import Verdict
from guiju.validators.engines.compiled.run import subject_key
from guiju.validators.engines.engine import Subject
from guiju.validators.engines.joins.operators import CrossRecordState, Mark
from guiju.validators.engines.joins.specs import CrossRecordSpec
from guiju.validators.streaming.fallback import STATES
from guiju.validators.streaming.record_index import LineIndex

__all__ = ["ERROR", "PartialResult"]

# An error is marked like what is open, and told apart when it is explained.
ERROR = 8
_STATES = {**STATES, Verdict.ERROR: ERROR}
_marks_of = msgspec.msgpack.Decoder(list[Mark]).decode
_TOGETHER = 2048
"""So many records are gathered before they are judged together: among many there are few different ones."""


class PartialResult:
    """The result of one chunk. `counts` are by rule, `subjects` by spec of `plan.scans`, `offsets` and `lines` by record."""

    def __init__(self, across: CrossRecordState) -> None:
        self.across = across
        self.records = 0
        self.line_count = 0
        self.slow = 0
        self.counts: dict[tuple[int, int], int] = {}
        self.marks: list[Mark] = []
        self.offsets: array[int] = array("Q")
        self.lines = LineIndex()
        self.shapes: dict[str, int] = {}
        self.broken: list[tuple[int, int]] = []
        """Where the lines stand of which something is to be said, or whose keys are new."""
        self._held: tuple[tuple[CrossRecordSpec, ...], tuple[list[Any], ...], int, int] | None = None

    def gather(self, forms: tuple[CrossRecordSpec, ...], columns: tuple[list[Any], ...], records: int) -> None:
        """Adds the columns of the next records. They are buffered, see `flush`."""
        if self._held is not None:
            held, mine, start, count = self._held
            if held is forms and start + count == self.records and count < _TOGETHER:
                for one, more in zip(mine, columns, strict=True):
                    one += more
                self._held = held, mine, start, count + records
                return
            self.flush()
        self._held = forms, columns, self.records, records

    def flush(self) -> None:
        """Hands all buffered columns to `across`."""
        if self._held is not None:
            forms, columns, start, _ = self._held
            self.across.add(forms, columns, start)
            self._held = None

    def stands(self, offset: int, line: int) -> None:
        """Notes the byte offset and the line of the next record."""
        self.offsets.append(offset)
        self.lines.add(self.records, line)

    def __getstate__(self) -> dict[str, Any]:
        """The state for another process; the many marks go as one buffer."""
        return self.__dict__ | {"marks": msgspec.msgpack.encode(self.marks)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, marks=_marks_of(state["marks"]))

    def note(self, rule: int, subject: Subject, verdict: Verdict) -> None:
        """Adds one verdict of the interpreter."""
        state = _STATES[verdict]
        if verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE):
            self.counts[rule, state] = self.counts.get((rule, state), 0) + 1
        else:
            self.marks.append((rule, state, *subject_key(subject)))
