"""Texts as atoms: a text is a number, and what is said of texts are predicates of numbers, until a model asks for real texts.

What the solver assumes of the predicates is checked by writing the texts. Where no text can be as assumed, the reason becomes a law
that holds for every text, and the solver is asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import z3

from guiju.dsl.ir.tree import HasFormat, Match
from guiju.proofs.encoding.logic import Formula, lift
from guiju.proofs.encoding.strings import Wanted, write_text
from guiju.terms.blank import is_blank, trim
from guiju.terms.fact import Known
from guiju.terms.reading.reading import read_value
from guiju.terms.shape import Reading, Vocabulary
from guiju.terms.types import TextT
from guiju.validators.engines.interpreter.comparisons import contains, matches
from guiju.validators.engines.interpreter.functions import has_format

__all__ = ["Predicate", "Texts", "Written"]

Predicate = tuple[Any, ...]
"""(match, pattern, whole) · (format, id, whole) · (contains, how, part) · (length,); of two texts (holds, how)."""

LONGEST = 2000
"""So many characters a text may have where its length is asked."""


@dataclass(frozen=True, slots=True)
class Written:
    """The texts of a model by atom; else laws that it breaks; else doubts: what no text was found for, though none is excluded."""

    texts: dict[int, str] = field(default_factory=dict)
    laws: tuple[Formula, ...] = ()
    doubts: tuple[Formula, ...] = ()


class Texts:
    """The texts of one world of documents: constants are the negative atoms, all others are texts that no rule names."""

    def __init__(self, vocabulary: Vocabulary, as_of: date) -> None:
        self.vocabulary, self.as_of = vocabulary, as_of
        self.constants: dict[str, int] = {}
        self.variables: list[tuple[Any, Reading | None]] = []
        self._functions: dict[Predicate, Any] = {}
        self._asked: list[tuple[Predicate, tuple[Any, ...], Any]] = []
        self._seen: set[tuple[Predicate, tuple[int, ...]]] = set()

    # ---- encoding -----------------------------------------------------------------------------------------------------------

    def atom(self, text: str) -> int:
        """The number of a text that a rule names."""
        return self.constants.setdefault(text, -1 - len(self.constants))

    def variable(self, name: str, reading: Reading | None) -> Any:
        """A text of which nothing is known but that it is one."""
        term = z3.Int(name)
        self.variables.append((term, reading))
        return term

    def holds(self, predicate: Predicate, *terms: Any) -> Formula:
        """When the predicate holds of the texts."""
        if all(isinstance(one, int) for one in terms):
            return self.judge(predicate, *(self._text_of(one) for one in terms))
        if predicate[0] == "holds" and isinstance(terms[1], int):
            return self.holds(("contains", predicate[1], self._text_of(terms[1])), terms[0])
        return self._applied(predicate, terms, z3.BoolSort())

    def length(self, term: Any) -> Any:
        """How many characters a text has, blanks at both ends left off."""
        if isinstance(term, int):
            return len(trim(self._text_of(term)))
        return self._applied(("length",), (term,), z3.IntSort())

    def _applied(self, predicate: Predicate, terms: tuple[Any, ...], sort: Any) -> Any:
        function = self._functions.get(predicate)
        if function is None:
            function = z3.Function(f"text{len(self._functions)}", *([z3.IntSort()] * len(terms)), sort)
            self._functions[predicate] = function
        lifted = tuple(lift(one) for one in terms)
        made = function(*lifted)
        key = (predicate, tuple(one.get_id() for one in lifted))
        if key not in self._seen:
            self._seen.add(key)
            self._asked.append((predicate, lifted, made))
        return made

    @property
    def asked(self) -> int:
        """How many predicates are applied."""
        return len(self._asked)

    def _text_of(self, atom: int) -> str:
        return next(text for text, number in self.constants.items() if number == atom)

    def judge(self, predicate: Predicate, *texts: str) -> bool:
        """Whether the predicate holds of real texts."""
        match predicate:
            case ("match", pattern, whole):
                return matches(Match(None, pattern, whole), texts[0])  # type: ignore[arg-type]
            case ("format", id, whole):
                return has_format(HasFormat(None, id, whole), texts[0], self.as_of)  # type: ignore[arg-type]
            case ("contains", how, part):
                return contains(how, texts[0], part)
            case ("holds", how):
                return contains(how, texts[0], texts[1])
            case _:
                raise ValueError(f"no predicate {predicate!r}")

    def constraints(self) -> list[Formula]:
        """What holds of every text variable, once all constants are known."""
        found: list[Formula] = []
        refused: dict[int, list[int]] = {}
        for term, reading in self.variables:
            if id(reading) not in refused:
                refused[id(reading)] = [atom for text, atom in self.constants.items() if not self.readable(text, reading)]
            found.append(term >= -len(self.constants))
            found += [term != atom for atom in refused[id(reading)]]
        for predicate, _, made in self._asked:
            if predicate == ("length",):
                found += [made >= 1, made <= LONGEST]
        return found

    def readable(self, text: str, reading: Reading | None) -> bool:
        """Whether a text that is written where a text is asked for is read as itself."""
        fact = read_value(text, TextT(), self.vocabulary, reading)
        return isinstance(fact, Known) and fact.value == text and not is_blank(text)

    # ---- models -------------------------------------------------------------------------------------------------------------

    def write(self, model: Any, wishes: Iterable[str] = ()) -> Written:
        """Real texts for the atoms of a model, or the laws that keep it from having them."""
        wanted, laws = self._literals(model)
        if laws:
            return Written(laws=tuple(laws))
        names = {atom: text for text, atom in self.constants.items()}
        texts: dict[int, str] = {}
        doubts: list[Formula] = []
        for atom in sorted(wanted):
            if atom in names:
                texts[atom] = names[atom]
                continue
            asked = wanted[atom]
            taken = frozenset(texts.values())
            found = write_text(asked, self.judge, frozenset(self.constants), taken, self.readable, tuple(wishes))
            if found.core is not None:
                laws += self._laws(found.core)
            elif found.text is None:
                doubts.append(self._doubt(model, atom))
            else:
                texts[atom] = found.text
        if laws:
            return Written(laws=tuple(laws))
        return self._paired(model, texts) if not doubts else Written(doubts=tuple(doubts))

    def _doubt(self, model: Any, atom: int) -> Formula:
        """That no text is as the model assumes of that one, in what it assumes to hold."""
        held = [
            made if predicate != ("length",) else made == model.eval(made, model_completion=True)
            for predicate, terms, made in self._asked
            if len(terms) == 1 and _whole(model, terms[0]) == atom
            if predicate == ("length",) or z3.is_true(model.eval(made, model_completion=True))
        ]
        return z3.Not(z3.And(*held)) if held else z3.BoolVal(False)

    def _literals(self, model: Any) -> tuple[dict[int, Wanted], list[Formula]]:
        """What the model assumes of each atom; and the facts about constants that it gets wrong."""
        names = {atom: text for text, atom in self.constants.items()}
        wanted: dict[int, Wanted] = {}
        laws: list[Formula] = []
        for term, reading in self.variables:
            wanted.setdefault(_whole(model, term), Wanted()).readings.append(reading)
        for predicate, terms, made in self._asked:
            atoms = [_whole(model, one) for one in terms]
            value = model.eval(made, model_completion=True)
            if all(atom in names for atom in atoms):
                said = len(trim(names[atoms[0]])) if predicate == ("length",) else self.judge(predicate, *(names[one] for one in atoms))
                function = self._functions[predicate]
                fact = function(*map(z3.IntVal, atoms)) == lift(said)
                if not z3.is_true(model.eval(fact, model_completion=True)):
                    laws.append(fact)
            elif len(terms) == 1:
                literal = value.as_long() if predicate == ("length",) else z3.is_true(value)
                wanted.setdefault(atoms[0], Wanted()).literals[predicate] = literal
        return wanted, laws

    def _laws(self, core: Iterable[tuple[Predicate, Any]]) -> list[Formula]:
        """That no text is so, said of every text that anything is asked of."""
        core = tuple(core)
        terms: dict[int, Any] = {}
        for term, _ in self.variables:
            terms[term.get_id()] = term
        for _, asked, _ in self._asked:
            for term in asked:
                terms.setdefault(term.get_id(), term)
        laws: list[Formula] = []
        for term in terms.values():
            parts: list[Formula] = []
            for predicate, value in core:
                if predicate[0] == "is":
                    parts.append(term != self.constants[predicate[1]])
                elif predicate in self._functions:
                    parts.append(self._functions[predicate](term) == lift(value))
            laws.append(z3.Not(z3.And(*parts)))
        return laws

    def _paired(self, model: Any, texts: dict[int, str]) -> Written:
        """Predicates of two texts are held against the texts that were written; what they break is excluded as it stands."""
        laws: list[Formula] = []
        for predicate, terms, made in self._asked:
            if len(terms) == 2:
                atoms = [_whole(model, one) for one in terms]
                said = z3.is_true(model.eval(made, model_completion=True))
                left, right = (texts.get(one, "") for one in atoms)
                if self.judge(predicate, left, right) == said:
                    continue
                if said and atoms[0] >= 0:
                    texts[atoms[0]] = left + right
                    if self.judge(predicate, texts[atoms[0]], right):
                        continue
                if atoms[0] == atoms[1]:
                    laws.append(made)
                else:
                    return Written(doubts=(z3.Not(made) if said else made,))
        return Written(laws=tuple(laws)) if laws else Written(texts=texts)


def _whole(model: Any, term: Any) -> int:
    found = model.eval(term, model_completion=True)
    return int(found.as_long())
