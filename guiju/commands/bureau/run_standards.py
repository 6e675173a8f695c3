"""What `guiju standards` answers: one question, one list of lines or one JSON value.

0 answered · 1 `cited`: something cited is no longer in force · 2 the question names nothing that is known.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guiju.author.cited import Cited, names_in
from guiju.author.standards_words import cited_lines, row_as_plain, row_line, shown_lines, tree_lines
from guiju.commands.bureau.run_upkeep import run_gaps, run_overlaps, run_review, run_table
from guiju.commands.shared.plain_text import text_of
from guiju.commands.shared.rulesets import today
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.diagnostics.suggest import nearest_few
from guiju.standards import queries
from guiju.standards.load import load_registry
from guiju.standards.model import Force
from guiju.standards.registry import Registry
from guiju.terms.tongue import counted

__all__ = ["Question", "answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the words of the command ask."""

    words: tuple[str, ...]
    on: date | None
    year: int | None
    category: str | None
    must: bool
    deep: bool
    json: bool
    within: str | None = None
    output: Path | None = None

    @property
    def rest(self) -> str:
        """What follows the first word."""
        return " ".join(self.words[1:]).strip()

    @property
    def day(self) -> date:
        """The day asked about."""
        now = today()
        if self.on is not None or self.year is None or self.year == now.year:
            return self.on or now
        return date(self.year, 12, 31) if self.year < now.year else date(self.year, 1, 1)


def answer(asked: Question) -> int:
    """The exit code, after the answer has been written."""
    registry = load_registry()
    action = _ACTIONS.get(asked.words[0])
    if action is None:
        # `guiju standards "GB/T 33356-2016"`: the commonest question may be asked without a verb.
        return _show(
            Question(words=("show", *asked.words), on=asked.on, year=asked.year, category=None, must=False, deep=False, json=asked.json),
            registry,
        )
    return action(asked, registry)


def _rows(rows: tuple[queries.Row, ...], asked: Question) -> int:
    kept = tuple(one for one in rows if one.must or not asked.must)
    if asked.json:
        _write_json({"as_of": asked.day.isoformat(), "editions": [row_as_plain(one) for one in kept]})
    else:
        put("".join(f"{row_line(one, TONGUE)}\n" for one in kept), None)
        eprint(say(f"共 {len(kept)} 项，按 {asked.day} 的情况。", f"{counted(len(kept), 'edition')}, as of {asked.day}."))
    return 0


def _write_json(value: object) -> None:
    put(json.dumps(value, ensure_ascii=False, indent=2) + "\n", None)


def _list(asked: Question, registry: Registry) -> int:
    rows = queries.list_editions(registry, on=asked.day, words=asked.rest, category=asked.category)
    if not rows:
        eprint(say("没有符合的文件。", "No edition is such."))
        return 2
    return _rows(rows, asked)


def _show(asked: Question, registry: Registry) -> int:
    shown = queries.show_edition(registry, _numbered(asked.rest, registry), on=asked.day)
    if shown is None:
        return _unknown(asked.rest, registry)
    if asked.json:
        kin = {"replaces": shown.predecessors, "replaced_by": shown.successors, "siblings": shown.siblings}
        _write_json({**row_as_plain(shown.row), **{name: [row_as_plain(one) for one in rows] for name, rows in kin.items()}})
    else:
        put("\n".join(shown_lines(shown, TONGUE)) + "\n", None)
    return 0


def _chain(asked: Question, registry: Registry) -> int:
    rows = queries.supersession_chain(registry, _numbered(asked.rest, registry), on=asked.day)
    return _rows(rows, asked) if rows else _unknown(asked.rest, registry)


def _numbered(name: str, registry: Registry) -> str:
    """A bare number as the name of the one instrument that bears it: 22239 is GB/T 22239."""
    if registry.candidates(name) or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", name):
        return name
    bare = re.compile(rf"(?<![0-9.]){re.escape(name)}(?=[-:号]|$)")
    borne = {one.instrument: one for one in registry.editions if one.number and bare.search(one.number)}
    return next(iter(borne.values())).number or name if len(borne) == 1 else name


def _unknown(name: str, registry: Registry) -> int:
    candidates = registry.candidates(name)
    near = tuple(one.label for one in candidates[:5]) or registry.near(name)
    eprint(say(f"登记里没有唯一叫“{name}”的文件。", f"No one edition of the registry is called {name!r}."))
    if near:
        eprint(say("相近的有：", "Near it: ") + ", ".join(near))
    return 2


def _tree(asked: Question, registry: Registry) -> int:
    classes = queries.tree_of_editions(registry, on=asked.day)
    if asked.json:
        _write_json([_class_as_plain(one) for one in classes])
    else:
        put("\n".join(tree_lines(classes, TONGUE, deep=asked.deep)) + "\n", None)
    return 0


def _class_as_plain(one: queries.TreeClass) -> dict[str, object]:
    return {
        "code": one.code,
        "title": {"zh": one.title.zh, "en": one.title.en},
        "count": one.count,
        "editions": [row.edition.id for row in one.rows],
        "classes": [_class_as_plain(sub) for sub in one.subclasses],
    }


def _kinds(asked: Question, registry: Registry) -> int:
    kinds = queries.known_kinds(registry)
    if asked.json:
        _write_json([{"id": one.id, "name": {"zh": one.name.zh, "en": one.name.en}, "names": list(one.names)} for one in kinds])
    else:
        put("".join(f"{one.id}  {one.name.say(TONGUE)}\n" for one in kinds), None)
    return 0


def _for(asked: Question, registry: Registry) -> int:
    kind = registry.kind(asked.rest)
    if kind is None:
        names = {name: one.id for one in registry.kinds for name in (one.id, one.name.zh, one.name.en, *one.names)}
        near = tuple(dict.fromkeys(nearest_few(asked.rest, names, most=5)))
        eprint(
            say(f"没有“{asked.rest}”这一类；", f"no kind {asked.rest!r}; ")
            + (
                say("相近的有：", "near it: ") + ", ".join(near)
                if near
                else say("全部类别见 guiju standards kinds", "see guiju standards kinds")
            )
        )
        return 2
    return _rows(queries.editions_for_kind(registry, kind, on=asked.day), asked)


def _as_of(asked: Question, registry: Registry) -> int:
    try:
        day = date.fromisoformat(asked.rest) if asked.rest else asked.day
    except ValueError:
        eprint(say(f"“{asked.rest}”不是日期；请写成 2026-03-01", f"{asked.rest!r} is not a day; write 2026-03-01"))
        return 2
    on_day = Question(words=asked.words, on=day, year=None, category=asked.category, must=asked.must, deep=False, json=asked.json)
    return _rows(queries.list_editions(registry, on=day, category=asked.category, force=Force.IN_FORCE), on_day)


def _cited(asked: Question, registry: Registry) -> int:
    # Numbers may be asked about as they are: `cited "GB/T 33356-2016" "GB/T 22239-2008"`.
    spoken = "\n".join(_as_citation(word, registry) for word in asked.words[1:])
    text = spoken if names_in(spoken) and not Path(asked.rest).exists() else text_of(asked.rest)
    if text is None:
        return 2
    known = tuple(one for one in names_in(text) if not _is_quotation(one, registry))
    standings = queries.cited_standings(registry, [one.text for one in known], on=asked.day)
    ended = sum(1 for one in standings if one.row is not None and one.row.force is Force.ENDED)
    lost = sum(1 for one in standings if one.row is None)
    if asked.json:
        _write_json(
            {"as_of": asked.day.isoformat(), "cited": [_standing_as_plain(one, cited) for one, cited in zip(standings, known, strict=True)]}
        )
    else:
        put(
            "".join(f"{line}\n" for one, cited in zip(standings, known, strict=True) for line in cited_lines(one, cited.line, TONGUE)), None
        )
    eprint(
        say(
            f"引用 {len(known)} 项：{ended} 项已失效，{lost} 项登记里没有。",
            f"{len(known)} cited: {ended} no longer in force, {lost} not in the registry.",
        )
    )
    if not known:
        eprint(say("没有找到标准编号、文号或《书名》。", "No number of a standard or document and no 《title》 was found."))
    return 1 if ended else 0


def _as_citation(word: str, registry: Registry) -> str:
    """A name on the command line, marked as a title where it is one: people leave the marks out there."""
    return f"《{word}》" if not names_in(word) and registry.candidates(word) else word


def _is_quotation(one: Cited, registry: Registry) -> bool:
    """A title in 《》 that no instrument bears and none is like is a book or a form, not a citation that is amiss."""
    return not any(char.isdigit() for char in one.text) and registry.find(one.text) is None and not registry.near(one.text)


def _standing_as_plain(one: queries.CitedStanding, cited: Cited) -> dict[str, object]:
    return {
        "text": one.text,
        "line": cited.line,
        "edition": row_as_plain(one.row) if one.row is not None else None,
        "instead": [row_as_plain(row) for row in one.instead],
        "near": list(one.near),
    }


_ACTIONS: dict[str, Callable[[Question, Registry], int]] = {
    "list": _list,
    "show": _show,
    "chain": _chain,
    "tree": _tree,
    "kinds": _kinds,
    "for": _for,
    "as-of": _as_of,
    "cited": _cited,
    "gaps": lambda asked, registry: run_gaps(registry, on=asked.day, as_json=asked.json),
    "overlaps": lambda asked, registry: run_overlaps(registry, on=asked.day, as_json=asked.json),
    "review": lambda asked, registry: run_review(registry, on=asked.day, within=asked.within, as_json=asked.json),
    "table": lambda asked, registry: run_table(registry, on=asked.day, output=asked.output),
}
