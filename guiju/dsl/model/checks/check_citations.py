"""Citations against the registry: which edition, which place in it, whether it is in force, how loudly it may be cited.

All that the language asks of the registry is asked here.
"""

from dataclasses import dataclass
from datetime import date

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.span import Span
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.context import DiagnosticSink
from guiju.dsl.syntax import tree as syn
from guiju.standards.model import Edition
from guiju.standards.model import Force as Standing
from guiju.standards.model import Nature as Kind
from guiju.standards.queries import place_of
from guiju.standards.registry import CitationFailure, CitationFault, CitedPlace, ClauseStanding, Registry
from guiju.terms.modality import Force, Nature
from guiju.terms.places import COUNTRY
from guiju.terms.severity import Severity, default_severity
from guiju.terms.time.period import Interval
from guiju.terms.tongue import Both, Tongue

__all__ = ["Citations", "Cited"]

_NATURE = {
    Kind.BINDING: Nature.MANDATORY,
    Kind.MANDATORY: Nature.MANDATORY,
    Kind.RECOMMENDED: Nature.RECOMMENDED,
    Kind.GUIDANCE: Nature.GUIDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation that was found: what the rule keeps of it, and what its rule's severity must know."""

    citation: ir.Citation
    place: CitedPlace
    span: Span

    @property
    def edition(self) -> Edition:
        """The edition that is cited."""
        return self.place.edition

    @property
    def nature(self) -> Nature:
        """How binding the instrument is."""
        return _NATURE[self.edition.nature]

    @property
    def verified(self) -> bool:
        """Whether the cited place may carry an error."""
        ref = self.place.clause
        level = self.edition.ceiling if ref is None else self.edition.ceiling_at(ref)
        return level is Level.ERROR and self.citation.confidence.startswith("verified")

    @property
    def words(self) -> tuple[Both, Both]:
        """The instrument and the place, for messages."""
        return Both(f"《{self.edition.title.zh}》", self.edition.title.en or self.edition.title.zh), self.citation.clause_text

    @property
    def said(self) -> Both:
        """The instrument with the place."""
        title, clause = self.words
        return Both(f"{title.zh}{clause.zh}", f"{title.en} {clause.en}".rstrip())


class Citations:
    """The registry, asked once for each text; complaints go to the list of the model."""

    def __init__(self, registry: Registry, found: DiagnosticSink) -> None:
        self.registry = registry
        self.found = found
        self._known: dict[tuple[str, date | None], CitedPlace | CitationFailure] = {}

    def cite(self, text: str, span: Span, interval: Interval) -> Cited | None:
        """The citation of a text for a rule of that interval; None once complained."""
        if not text.strip():
            return None
        on = interval.start or interval.end
        key = (text, on)
        if key not in self._known:
            self._known[key] = self.registry.split_citation(text, on=on)
        place = self._known[key]
        if isinstance(place, CitationFailure):
            self._failed(place, span)
            return None
        cited = Cited(citation=_citation(place, text), place=place, span=span)
        return cited if self._exists(cited) and self._in_force(cited, interval) else None

    def cite_all(self, cites: tuple[syn.Cite, ...], interval: Interval) -> tuple[Cited, ...]:
        """Those of the citations that were found."""
        found = (self.cite(one.text, one.text_span, interval) for one in cites)
        return tuple(one for one in found if one is not None)

    def collected(self, decl: syn.Decl) -> None:
        """The standards that a framework class collects are ones that the registry knows."""
        for part in decl.parts:
            if isinstance(part, syn.CollectLine) and part.number and not self.registry.candidates(part.number):
                near = self.registry.near(part.number)
                help = Both("是不是：" + "、".join(near) + "？", "did you mean: " + ", ".join(near) + "?") if near else None
                self.found.report("C011", part.number_span, number=part.number, help=help)

    def _failed(self, failure: CitationFailure, span: Span) -> None:
        near = Both("、".join(failure.near), ", ".join(failure.near)) if failure.near else None
        help = Both(f"是不是：{near.zh}？", f"did you mean: {near.en}?") if near else None
        match failure.fault:
            case CitationFault.UNKNOWN_INSTRUMENT:
                meant = Both(f"{help.zh}{_ADD_HELP.zh}", f"{help.en} {_ADD_HELP.en}") if help is not None else _ADD_HELP
                self.found.report("C001", span, text=failure.text.strip(), help=meant)
            case CitationFault.SEVERAL_INSTRUMENTS:
                self.found.report("C001", span, text=failure.text.strip(), help=help)
            case CitationFault.UNREADABLE_CLAUSE:
                rest = failure.text[failure.start :]
                at = Span(span.file, span.end - len(rest), span.end) if 0 < len(rest) <= span.end - span.start else span
                self.found.report("C002", at, text=rest, help=_CLAUSE_HELP)

    def _exists(self, cited: Cited) -> bool:
        ref = cited.place.clause
        if ref is None:
            return True
        instrument, clause = cited.words
        match self.registry.standing(cited.edition, ref):
            case ClauseStanding.BEYOND_TEXT:
                last = Both(f"它共 {cited.edition.articles} 条", f"it has {cited.edition.articles} articles")
                self.found.report("C003", cited.span, instrument=instrument, clause=clause, help=last)
                return False
            case ClauseStanding.NOT_RECORDED:
                self.found.report("C009", cited.span, place=cited.said, help=_CLAUSE_ADD_HELP)
            case _:
                pass
        return True

    def _in_force(self, cited: Cited, interval: Interval) -> bool:
        """In force on the first and the last day of the rule; an open end asks only whether it has ended for good."""
        edition = cited.edition
        start = interval.start
        end = interval.end
        guilty: str | Both | None = None
        if start is not None and self.registry.force(edition, start) in (Standing.NOT_YET, Standing.ENDED):
            guilty = start.isoformat()
        elif start is None and edition.in_force is not None and end is not None and end < edition.in_force:
            guilty = end.isoformat()
        elif end is not None and self.registry.force(edition, end) is Standing.ENDED:
            guilty = end.isoformat()
        elif end is None and edition.until is not None:
            guilty = Both(f"{edition.until} 之后", f"days after {edition.until}")
        if guilty is None:
            if self.registry.force(edition, start or self.registry.as_of) is Standing.UNKNOWN:
                self.found.report("C008", cited.span, instrument=cited.words[0])
            return True
        words = Interval(edition.in_force or edition.issued, edition.until)
        help = Both(f"它的施行期：{words.say(Tongue.ZH)}", f"it is in force {words.say(Tongue.EN)}")
        self.found.report("C004", cited.span, place=cited.said, days=guilty, help=help)
        return False

    # ---- severity ----

    def severity(self, cited: tuple[Cited, ...], force: Force, asked: str | None, span: Span) -> Severity:
        """How grave a breach is: what the author asked, or what force and nature give, never above what the sources bear."""
        if not cited:
            return _LEVELS[asked] if asked is not None else (Severity.MINOR if force.requires else Severity.ADVISORY)
        gravest = max(cited, key=lambda one: (one.verified, _RANK[one.nature]))
        instrument, _ = gravest.words
        given = default_severity(force, gravest.nature, verified=gravest.verified)
        if asked is not None:
            given = _LEVELS[asked]
            if given is Severity.BLOCKING and gravest.verified and gravest.nature is not Nature.MANDATORY:
                self.found.report("C005", span, instrument=instrument, nature=gravest.nature.words, force=force.words, help=_NATURE_HELP)
                given = Severity.MAJOR
        if not gravest.verified and given > Severity.ADVISORY:
            if asked is not None:
                self.found.report("C006", span, place=gravest.said)
            given = Severity.ADVISORY
        return given


_LEVELS = {one.id: one for one in Severity}
_RANK = {Nature.GUIDING: 0, Nature.RECOMMENDED: 1, Nature.MANDATORY: 2}
_CLAUSE_HELP = Both("写成 第十五条第二款、二(三)2、5.2.1 b) 这样的形式", "write it as art 15 para 2, 二(三)2 or 5.2.1 b)")
_ADD_HELP = Both(
    "登记里没有的文件，用 guiju standards add 登记（存到 guiju.toml 旁的 standards/）",
    "An instrument that is not there is recorded by `guiju standards add`, in standards/ beside guiju.toml",
)
_CLAUSE_ADD_HELP = Both(
    "读过原文后写进它的记录（自己登记的文件在 guiju.toml 旁的 standards/）",
    "read the text and write the clause into its record (records of your own are in standards/ beside guiju.toml)",
)
_NATURE_HELP = Both(
    "标准化法第二条：推荐性标准鼓励采用，不是必须执行", "Standardization Law art 2: recommended standards are encouraged, not compulsory"
)


def _citation(place: CitedPlace, text: str) -> ir.Citation:
    edition, ref = place.edition, place.clause
    clause = edition.clause(ref) if ref is not None else None
    confidence = (clause.confidence if clause is not None else edition.confidence).value
    if ref is not None and clause is None:
        holders = [one for one in edition.clauses if one.ref.contains(ref) or ref.contains(one.ref)]
        best = max((one.confidence for one in holders), key=lambda one: one.rank, default=None)
        confidence = best.value if best is not None else "unrecorded"
    return ir.Citation(
        instrument=edition.id,
        clause=ref.key if ref is not None else "",
        title=edition.title,
        clause_text=Both(ref.say(Tongue.ZH), ref.say(Tongue.EN)) if ref is not None else Both("", ""),
        confidence=confidence,
        text=text,
        place=place_of(edition) or COUNTRY,
    )
