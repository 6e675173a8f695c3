"""Units, districts and the project by their names: former, broken or misspelt ones, districts of other cities, another project's header."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from guiju.catalog.documents.found.context import is_elsewhere
from guiju.catalog.documents.model import Piece, Writing
from guiju.catalog.documents.spots import Element, place_of, sentences

__all__ = ["Names", "is_project", "names"]

_FORMER = re.compile(r"原$|原为$|前身[为是]?$|更名前|旧称$|改称|撤销")
_RENAMED = re.compile(r"[（(]?(?:已|现)?(?:更名|改名|改组|并入|撤销|现[为称])")
_EARLIER = re.compile(r"(?:19\d\d|20(?:[01]\d|2[0-3]))年")
_EARLIER_BEHIND = re.compile(r"[^，。；]{0,16}?[（(,，]?(?:19\d\d|20(?:[01]\d|2[0-3]))年")
_PREPOSITIONS = "由与和及在到向对从至于为请经会同"
_DISTRICT = re.compile(
    r"(?:^|[由与和及、在到向对从至，。；：（(于为请经会同]|涉及|位于|协调|组织|包括|配合|属)([一-龥]{2,3})区(?!域|块|间|段|分|别|划|位|县|级|内|外|的)"
)
_ORGANS = re.compile(
    r"(?:人民政府|政府|城管|公安|财政|管委会|住建|交管|交警|发改|应急|教育局|卫健|数据局|街道|[一-龥]{2,6}(?:局|委|办)(?![一-龥]*会))"
)
_NO_DISTRICT = re.compile(
    r"[各该本两全我辖市城外新园社地小片老某跨分郊矿县省都]|开发|高新|示范|临空|风景|经济|保税|工业|商务|核心|生活|办公|居民|居住|功能|试点|中心|自贸|灾害|事故|服务|校|景|库|厂|林|牧|军|站|网|街|营|学|自治|疆"
)
_UNIT = re.compile(r"(?<![一-龥])?(市[一-龥]{2,13}?(?:委员会|局|委|办公室|办))(?![一-龥]{0,2}(?:员|托|派))")
_FOLLOWED = re.compile(
    r"(?=组织|负责|牵头|会同|管养|使用|提供|承担|指导|配合|审批|审核|监督|实施|确认|出具|同意|批复|建设|统筹|参与|协助|主管|认定|核准|下达|印发|共同|联合|意见|[、，。；）)]|$|和|及|与|等|对|的(?:意见|批复|要求))"
)
_PROJECT = re.compile(r"[一-龥A-Za-z0-9（）()“”·\-]{4,60}?(?:项目|工程|平台|系统)(?![一-龥]{0,3}(?:管理|有限|研究院|咨询))")
_PAPERS = re.compile(
    r"(?:建设|实施)?(?:项目)?(?:可行性研究报告|项目建议书|建议书|初步设计方案和投资概算报告|初步设计方案|初步设计(?:说明书)?|建设方案|实施方案|项目方案|申报书|方案|报告)(?:[（(].*?[）)])?\s*$"
)


class Names:
    """What registers know of names: units as they are called now and as they were, the districts of the city and those of others."""

    def __init__(self, former: Sequence[Sequence[str]], spellings: Sequence[str], foreign: Sequence[Sequence[str]]) -> None:
        self.former = sorted(((row[0], row[1]) for row in former), key=lambda pair: (-len(pair[0]), pair))
        self.present = frozenset(current for _, current in self.former)
        self.spellings = frozenset(spellings) | self.present
        self.longer = sorted(self.spellings, key=len, reverse=True)
        self.own = frozenset(one[: -len("区人民政府")] for one in self.spellings if one.endswith("区人民政府"))
        self.own |= {one[:-1] for one in self.spellings if re.fullmatch(r"[一-龥]{2,3}区", one)}
        self.foreign = {row[0].removesuffix("区"): row[1] for row in foreign}
        self.cities = tuple(dict.fromkeys(row[1].removesuffix("市") for row in foreign))
        self.cut = tuple(
            (one[:-1], one, re.compile(re.escape(one[:-1]) + r"(?![委局办会])" + _FOLLOWED.pattern))
            for one in sorted(self.spellings)
            if one.startswith("市") and one[-1] in "委局" and len(one) >= 5
        )
        self.units = [one for one in self.longer if one.startswith("市") and one[-1] in "委局会办"]


def names(writing: Writing, known: Names, project: str | None) -> Iterator[Element]:
    """Every name that is not as it should be."""
    cover = {one.text.strip() for one in writing.pieces[:30] if one.part == "body" and not one.level}
    for piece in writing.pieces:
        if piece.listed:
            continue
        yield from _former(writing, piece, known)
        yield from _broken(writing, piece, known)
        for sentence in sentences(piece):
            yield from _districts(writing, piece, sentence, known)
        # What stands on the cover as well is the title of the paper or of the form.
        if project and piece.part == "header" and len(piece.text.strip()) > 3 and not any(piece.text.strip() in one for one in cover):
            yield from _header(writing, piece, project)


def _element(writing: Writing, piece: Piece, words: str, kind: str, proper: str) -> Element:
    return Element(values={"label": words, "kind": kind, "proper": proper}, place=place_of(writing, piece, words))


def _former(writing: Writing, piece: Piece, known: Names) -> Iterator[Element]:
    text = piece.text
    taken: list[tuple[int, int]] = []
    for old, current in known.former:
        if old not in text:
            continue
        for found in re.finditer(re.escape(old), text):
            longer = any(text.startswith(one, found.start()) and len(one) > len(old) for one in known.longer)
            if longer or any(begin < found.end() and found.start() < end for begin, end in taken):
                continue
            begin = max(text.rfind(sign, 0, found.start()) for sign in "。；") + 1
            if (
                is_elsewhere(text[begin : found.end()], found.start() - begin)
                or _FORMER.search(text[max(0, found.start() - 4) : found.start()])
                or _RENAMED.match(text, found.end())
                or _of_its_day(text, *found.span())
            ):
                continue
            taken.append(found.span())
            yield _element(writing, piece, old, "旧名", current)
            break


def _of_its_day(text: str, start: int, end: int) -> bool:
    """Whether the clause dates what the unit did to a year in which it was still called so."""
    begin = max(text.rfind(sign, 0, start) for sign in "，。；：\n") + 1
    return _EARLIER.search(text, begin, start) is not None or _EARLIER_BEHIND.match(text, end) is not None


def _broken(writing: Writing, piece: Piece, known: Names) -> Iterator[Element]:
    text = piece.text
    for stem, name, expression in known.cut:
        if stem not in text:
            continue
        for found in expression.finditer(text):
            if not any(text.startswith(one, found.start()) for one in known.longer if len(one) > len(stem)):
                yield _element(writing, piece, stem, "不完整", name)
                break
    for found in _UNIT.finditer(text):
        said = found[1]
        if len(said) < 4 or said in known.spellings or any(text.startswith(one, found.start()) for one in known.units):
            continue
        near = next((one for one in known.units if min(len(one), len(said)) >= 6 and one != said and _one_off(said, one)), None)
        if near is not None and not any(said.startswith(old) or old.startswith(said) for old, _ in known.former):
            yield _element(writing, piece, said, "写错", near)
            continue
        if any(said.startswith(old) or old.startswith(said) for old, _ in known.former):
            continue
        # An abbreviation of a committee that is called a bureau, 市卫健局, or the other way round.
        like = [one for one in known.units if one[-1] in "局委" and one[1] == said[1] and _shortened(said[1:-1], one[1:-1])]
        if said[-1] in "局委" and like and all(one[-1] != said[-1] for one in like):
            yield _element(writing, piece, said, "写错", max(like, key=lambda one: (one in known.present, len(one), one)))


def _shortened(short: str, long: str) -> bool:
    """Whether all signs of one stand in the other in their order."""
    signs = iter(long)
    return all(sign in signs for sign in short)


def _one_off(one: str, other: str) -> bool:
    """Whether one sign was put for another, left out or added."""
    if abs(len(one) - len(other)) > 1:
        return False
    blocks = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return max(len(one), len(other)) - blocks == 1


def _districts(writing: Writing, piece: Piece, sentence: str, known: Names) -> Iterator[Element]:
    if "区" not in sentence or is_elsewhere(sentence, len(sentence), known.cities):
        return
    for found in re.finditer("区", sentence):
        at = found.start()
        name = next((sentence[at - size : at] for size in (3, 2) if at >= size and sentence[at - size : at] in known.foreign), None)
        own = any(sentence.startswith(one, at - len(one)) for one in known.own if at >= len(one))
        before = sentence[: at - len(name)] if name else ""
        if name and not own and not re.search(r"[市省][^，。；]{0,2}$", before):
            words = re.split(r"[，。；、：\s]", sentence[at - len(name) : at + 3])[0]
            yield _element(writing, piece, words, "外地区名", "武汉市的区")
    for found in _DISTRICT.finditer(sentence):
        # 由雨花 is 雨花 with a preposition before it.
        name = found[1][1:] if len(found[1]) == 3 and found[1][0] in _PREPOSITIONS else found[1]
        if (
            not known.own
            or name in known.own
            or any(name.endswith(one) for one in known.foreign)
            or _NO_DISTRICT.search(name)
            or any(name.endswith(one) for one in known.own)
        ):
            continue
        if _ORGANS.match(sentence, found.end()):
            yield _element(writing, piece, name + sentence[found.end() - 1 : found.end() + 3], "外地区名", "武汉市的区")


def _header(writing: Writing, piece: Piece, project: str) -> Iterator[Element]:
    found = _PROJECT.search(piece.text.strip())
    if found is None:
        return
    core, proper = _core(found[0]), _core(project)
    if core in proper or proper in core:
        if core != proper:
            yield _element(writing, piece, piece.text.strip(), "页眉简称", project)
        return
    kind = "页眉简称" if _within(core, proper) or _within(proper, core) else "页眉项目名"
    yield _element(writing, piece, piece.text.strip(), kind, project)


def is_project(title: str) -> bool:
    """Whether the title of a cover says what project it is of."""
    return _PROJECT.match(title) is not None and len(_core(title)) >= 4


def _core(name: str) -> str:
    name = _PAPERS.sub("", re.sub(r"[\s“”（）()·\-]", "", name))
    return re.sub(r"^(?:湖北省)?武汉市|(?:建设|升级改造|改造|提升|升级)?(?:项目|工程)$", "", name)


def _within(short: str, long: str) -> bool:
    """Whether a name of four signs or more is a shortening of the other."""
    return len(short) >= 4 and _shortened(short, long)
