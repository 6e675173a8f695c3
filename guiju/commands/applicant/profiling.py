"""What `guiju check --costs` adds on stderr: the cost of the rules on a sample of what was checked, the dearest ten by name."""

import time
from itertools import islice
from typing import Any

from guiju.catalog.formats import suffix_format
from guiju.catalog.read import listed, read
from guiju.catalog.records.model import Record
from guiju.catalog.streams.open import lines_of
from guiju.catalog.streams.stream import NotAStream
from guiju.commands.terminal.terminal import eprint
from guiju.commands.terminal.tongue import say
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load_tables import load_calendar
from guiju.terms.tongue import Both
from guiju.validators.plan.from_ruleset import plan
from guiju.validators.streaming.record_index import opened_at
from guiju.validators.testing.profile import Costs, costs_of

__all__ = ["tell_costs"]

_SAMPLE = 1_000
_SHOWN = 10
_HEAD = Both(
    "规则的代价（样本 {records} 条记录，不含读入）：{verdicts} 个判定用 {seconds:.3f} 秒，每秒 {rate:,.0f} 个判定、{rules:,.0f} 条规则。最慢的 {shown} 条：",
    "What the rules cost ({records} records as a sample, reading left out): {verdicts} verdicts in {seconds:.3f} s, {rate:,.0f} verdicts and {rules:,.0f} rules a second. The slowest {shown}:",
)
_LINE = Both(
    "{micro:>10.2f} 微秒/对象  {subjects:>7} 个对象  {share:>5.1f}%  {rule}{how}",
    "{micro:>10.2f} µs/subject  {subjects:>7} subjects  {share:>5.1f}%  {rule}{how}",
)
_INTERPRETED = Both("（由解释器判断）", " (by the interpreter)")


def tell_costs(options: Any, ruleset: Ruleset, today: Any) -> None:
    """Writes the table to stderr."""
    records = _sample(options, ruleset)
    if not records:
        eprint(say("没有样本可以量：标准输入的内容不留存。", "There is no sample to measure: what came on stdin is not kept."))
        return
    listed = frozenset(shape.id for shape in ruleset.vocabulary.shapes if shape.register)
    made = plan(ruleset, as_of=options.as_of or today, shapes=listed | {one.shape for one in records})
    _write(costs_of(made, records, load_calendar(), time.process_time))


def _sample(options: Any, ruleset: Ruleset) -> tuple[Record, ...]:
    """Records from the head of the first input that is walked by lines, or from all that are read."""
    names = listed(options.files) if "-" not in options.files else None
    if names and suffix_format(names[0]) in ("ndjson", "parquet"):
        try:
            lines = lines_of(names[0])
            reader = lines.reader(opened_at(lines, ruleset.vocabulary, options.kind))
            items = (
                item for number, line in enumerate(lines.head()[:_SAMPLE]) if line.strip() for item in reader.line(line, 0, number + 1)
            )
            return tuple(islice((one for one in items if isinstance(one, Record)), _SAMPLE))
        except (OSError, NotAStream, ImportError):
            return ()
    files = [name for name in options.files if name != "-"]
    return read(files, ruleset.vocabulary, encoding=options.encoding, kind=options.kind).records[:_SAMPLE] if files else ()


def _write(costs: Costs) -> None:
    shown = costs.rules[:_SHOWN]
    rules = len(costs.rules) * costs.records / costs.seconds if costs.seconds > 0 else 0.0
    head = {"records": costs.records, "verdicts": costs.verdicts, "seconds": costs.seconds, "rate": costs.rate, "rules": rules}
    eprint(say(_HEAD.zh, _HEAD.en).format(**head, shown=len(shown)))
    total = sum(one.seconds for one in costs.rules) or 1.0
    for one in shown:
        how = say(_INTERPRETED.zh, _INTERPRETED.en) if one.interpreted else ""
        words = {"micro": one.each * 1e6, "subjects": one.subjects, "share": 100 * one.seconds / total, "rule": one.rule}
        eprint(say(_LINE.zh, _LINE.en).format(**words, how=how))
