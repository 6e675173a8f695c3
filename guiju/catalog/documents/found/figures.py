"""Figures that sentences state twice: totals and their parts, words and digits, shares, periods, and amounts beyond the whole project."""

import re
from collections.abc import Iterator
from decimal import Decimal

from guiju.catalog.documents.found.context import is_elsewhere
from guiju.catalog.documents.found.patterns import MONEY, amount_of, amount_of_words
from guiju.catalog.documents.model import Piece, Writing
from guiju.catalog.documents.spots import Element, is_prose, place_of, sentences
from guiju.terms.quantities.numerals import parse_numeral

__all__ = ["COUNTED", "figure", "figures"]

COUNTED = "根台套个处座块盏路部项家所条辆栋张名人户类支枚组幢株片只间席架艘床孔册棵瓶面"
_WORDS = re.compile(
    r"([零壹贰叁肆伍陆柒捌玖拾佰仟万亿〇两一二三四五六七八九十百千]{3,30})[元圆]整?([零壹贰叁肆伍陆柒捌玖]角)?([零壹贰叁肆伍陆柒捌玖]分)?"
)
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟]")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_UNITS = re.compile(rf"(?<![\d.])(\d{{1,7}}|\d{{1,3}}(?:,\d{{3}})+)\s*([{COUNTED}])(?![一-龥]?\d)")
_ANY_UNITS = re.compile(rf"(?<![\d.])(\d{{1,7}}|\d{{1,3}}(?:,\d{{3}})+)\s*([{COUNTED}])")
_FUNDS = re.compile(r"负担|财政|资金|自筹|补助|配套|出资|资本|贷款|预算|债券|承担|分担|筹措|投入|经费|省级|市级|区级|专项|中央")
_WHOLE_SHARES = re.compile(r"来源|构成|组成|筹措|筹集|承担|负担|分担|出资|各占|分别占|占|安排|配套|补助|自筹|比例")
_OTHER_SHARES = re.compile(r"增长|下降|提高|提升|降低|达到|不低于|不少于|费率|利率|税率|完成率|覆盖率|使用率|准确率|支付|付至|预付")
_END_TOTAL = re.compile(r"(?:合计|共计|总计|总共|累计|共)(?:为|约|：|:)?\s*$")
_FEES = re.compile(r"运维|维护|运行费|运营|费用|经费|预算|补助|资金|采购")
_REGION = re.compile(r"全市|全省|全国|国家|产值|产业|税收|GDP|营收|营业|限额|节约|效益|损失|规模以上|市场")
# Parts that together are the whole.
_OTHERS = re.compile(r"其他|其余|新[建立装增][^。；]*(?:利旧|利用|改造|更换)|(?:利旧|改造|既有)[^。；]*新[建立装增]|无条件[^。；]*有条件")
_PARTED = re.compile(
    r"其中|中(?![心型小部央学转间标控])(?=[一-龥]{2,10}\d)|分[为成]?[两二三四五六七八九十\d]+(?:期|批|部分|阶段|年)|由(?=[^。；]{0,60}(?:组成|构成))"
)
_HOLDS = re.compile("包括")
_EACH = re.compile(r"每[^，。；]{0,10}$")
_OPENED = re.compile(r"[（(][^）)]{0,4}$")
_TIMES_OVER = 10
# What comes on top of the whole is no part of it: 另有备用5台.
_BESIDES = re.compile(r"[，、；](?:另|此外|备用|备件)")
_OF_PROJECT = re.compile(r"(?:总投资|投资总额|总概算|总预算|投资估算|投资概算|项目总金额)[^，。；]{0,12}$")
_IN_BRACKET = re.compile(r"整?[（(](?:小写|即|合)?[:：]?\s*(?:人民币)?\s*[¥￥]?\s*")
_WHOLE = re.compile(r"[^。！？\n]+[。！？\n]?")
_AMOUNT_SHARE = re.compile(MONEY.pattern + r"[，、]?\s*[（(]?(?:占(?:比|总投资)?(?:的)?)?\s*(?P<share>\d{1,2}(?:\.\d+)?)\s*[%％]")
_NEXT_THING = re.compile(r"[、，和及]?[^，。；、\d其每]{1,14}")
_TO_TOTAL = re.compile(r"(?:[（(][^（）()]*[）)])?[，、]?(?:各类|各种|以上|上述)?[^，。；、\d]{0,8}")
_PRICE = re.compile(rf"每一?(?P<each>[{COUNTED}])(?P<month>每?月)?[^，。；\d]{{0,10}}?" + MONEY.pattern)
_COMES_TO = re.compile(r"(?:合计|共计|总计|小计|共需|共|计|合|需)(?:为|约)?\s*$")
_MONTHS = re.compile(r"(?<!\d)(\d{1,3})\s*个?月(?![份底初末])")


def figure(
    writing: Writing, piece: Piece, words: str, kind: str, stated: Decimal, computed: Decimal, unit: str, slack: Decimal | str = "0"
) -> Element:
    """A figure as it is written and as it is computed; they agree within the slack."""
    values = {"label": words, "kind": kind, "stated": stated, "computed": computed, "unit": unit, "slack": Decimal(slack)}
    return Element(values=values, place=place_of(writing, piece, words))


def figures(writing: Writing, total: Decimal | None) -> Iterator[Element]:
    """Each figure of the sentences with what comes out when it is computed; `total` is the investment in yuan, where it is known."""
    for piece in writing.pieces:
        if piece.listed or piece.part == "header":
            continue
        for sentence in sentences(piece):
            yield from _in_words(writing, piece, sentence, total)
            if not is_prose(piece):
                continue
            yield from _parts(writing, piece, sentence)
            yield from _sums(writing, piece, sentence)
            yield from _things(writing, piece, sentence)
            yield from _priced(writing, piece, sentence)
            if total:
                yield from _beyond(writing, piece, sentence, total)
        # Those who pay are often told one after another, with semicolons between them.
        for whole in _WHOLE.findall(piece.text) if is_prose(piece) and ("%" in piece.text or "％" in piece.text) else ():
            yield from _shares(writing, piece, whole)
            yield from _shared(writing, piece, whole, total)


def _in_words(writing: Writing, piece: Piece, sentence: str, total: Decimal | None) -> Iterator[Element]:
    for one in _WORDS.finditer(sentence):
        if _FORMAL.search(one[1]) is None:
            continue
        digits = _beside(sentence, *one.span())
        if digits is None and _OF_PROJECT.search(sentence, 0, one.start()):
            digits = total
        if digits is None:
            continue
        whole = amount_of_words(one[1])
        if whole is None:
            continue
        cents = sum((Decimal(parse_numeral(part[0]) or 0) / ten for part, ten in ((one[2], 10), (one[3], 100)) if part), Decimal(0))
        yield figure(writing, piece, one[0], "大写金额", whole + cents, digits, "元")


def _beside(sentence: str, start: int, end: int) -> Decimal | None:
    """The amount in digits that stands next to one in words, before it or behind."""
    near = list(MONEY.finditer(sentence))
    bracketed = next((found for found in near if _IN_BRACKET.fullmatch(sentence, end, found.start())), None)
    if bracketed is not None:
        return amount_of(bracketed)
    before = [found for found in near if found.end() <= start and start - found.end() < 25]
    if before:
        return amount_of(before[-1])
    after = next((found for found in near if found.start() >= end and found.start() - end < 12), None)
    return amount_of(after) if after is not None else None


def _parts(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    """A whole and the parts that follow 其中; parts that come far short of it leave something out and say nothing."""
    found = _PARTED.search(sentence) or _HOLDS.search(sentence)
    if found is None:
        return
    before, after = sentence[: found.start()], _BESIDES.split(sentence[found.end() :].partition("其中")[0])[0]
    if _OPENED.search(before):
        after = re.split(r"[）)]", after)[0]
    for pattern, money in ((MONEY, True), (_UNITS, False)):
        whole = list(pattern.finditer(before))
        parts = [one for one in pattern.finditer(after) if _END_TOTAL.search(after[: one.start()]) is None]
        if not money and whole:
            parts = [one for one in parts if one[2] == whole[-1][2]]
        if not whole or len(parts) < 2 or _is_each(before, whole[-1].start()):
            continue
        stated = amount_of(whole[-1]) if money else _count(whole[-1])
        computed = sum((amount_of(one) if money else _count(one) for one in parts), Decimal(0))
        slack = _slack([whole[-1], *parts]) if money else Decimal(0)
        exhaustive = _OTHERS.search(after) is not None or computed * 10 >= stated * 9
        if computed >= stated or exhaustive or stated >= 100 * computed:
            words = sentence[whole[-1].start() : found.end() + parts[-1].end()]
            yield figure(writing, piece, words, "总数与分项", stated, computed, "元" if money else whole[-1][2], slack)
            return


def _is_each(text: str, at: int) -> bool:
    """Whether the number is one of each and no total."""
    return _EACH.search(text[:at]) is not None


def _count(found: re.Match[str]) -> Decimal:
    return Decimal(found[1].replace(",", ""))


def _slack(found: list[re.Match[str]]) -> Decimal:
    """Half a unit of the last digit for each amount that was rounded to fewer digits than the finest."""
    steps = []
    for one in found:
        decimals = len(one["money"].partition(".")[2])
        steps.append(
            amount_of(one) * 0 + Decimal(1).scaleb(-decimals) * amount_of(one) / Decimal(one["money"].replace(",", "").replace("，", ""))
            if amount_of(one)
            else Decimal(0)
        )
    coarse = [step for step in steps if step > min(steps)]
    return sum(coarse, Decimal(0)) / 2 + min(steps) * Decimal("0.5") if coarse else Decimal(0)


def _sums(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    """Amounts that are said to come to a total behind them."""
    amounts = list(MONEY.finditer(sentence))
    for at, one in enumerate(amounts):
        if at < 2 or _END_TOTAL.search(sentence[: one.start()]) is None:
            continue
        parts = amounts[:at]
        stated = amount_of(one)
        sums = [sum((amount_of(part) for part in parts[since:]), Decimal(0)) for since in range(len(parts) - 1)]
        slack = _slack([*parts, one])
        matching = next((value for value in sums if abs(value - stated) <= slack), None)
        nearest = matching if matching is not None else min(sums, key=lambda value: abs(value - stated))
        if matching is not None or stated / 2 < nearest < stated * 2:
            words = sentence[parts[0].start() : one.end()]
            yield figure(writing, piece, words, "分项与合计", stated, nearest, "元", slack)
        return


def _shares(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    """Shares of those who pay, which make a hundred in a hundred."""
    found = [one for one in _SHARE.finditer(sentence) if _is_share(sentence, one)]
    # What the shares are of may be said by the heading alone: 资金来源.
    said = sentence + "".join(piece.heading[-1:])
    if len(found) < 2 or _FUNDS.search(said) is None or _WHOLE_SHARES.search(said) is None:
        return
    total = sum((Decimal(one[1]) for one in found), Decimal(0))
    if Decimal(80) <= total <= Decimal(140):
        begin = max(sentence.rfind(sign, 0, found[0].start()) for sign in "，,：:；、") + 1
        yield figure(writing, piece, sentence[begin : found[-1].end()], "比例之和", total, Decimal(100), "%", "0.1")


def _shared(writing: Writing, piece: Piece, sentence: str, total: Decimal | None) -> Iterator[Element]:
    """Amounts with their shares behind them, 6,480万元（40%）: each against its share of the whole."""
    found = list(_AMOUNT_SHARE.finditer(sentence))
    shares = [Decimal(one["share"]) for one in found]
    if not total or len(found) < 2 or not all(shares) or abs(sum(shares, Decimal(0)) - 100) > Decimal("0.5"):
        return
    wholes = [amount_of(one) * 100 / share for one, share in zip(found, shares, strict=True)]
    if not any(abs(one - total) <= total / 50 for one in wholes):
        return
    for one, share in zip(found, shares, strict=True):
        decimals = len(one["share"].partition(".")[2])
        slack = total * Decimal(1).scaleb(-decimals) / 100 + Decimal(1)
        words = sentence[one.start("money") : one.end()]
        yield figure(writing, piece, words, "金额与占比", amount_of(one), (total * share / 100).quantize(Decimal("0.01")), "元", slack)


def _things(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    """Numbers of several things that are said to come to a total behind them, 水位计260台、雨量计72台，共计332台."""
    units = list(_UNITS.finditer(sentence)) if "计" in sentence or "共" in sentence else []
    for at, one in enumerate(units):
        said = _END_TOTAL.search(sentence[: one.start()])
        if at < 2 or said is None:
            continue
        parts = [units[at - 1]]
        while len(parts) < at:
            earlier = units[at - 1 - len(parts)]
            between = sentence[earlier.end() : parts[-1].start()]
            if earlier[2] != parts[-1][2] or not _NEXT_THING.fullmatch(between):
                break
            parts.append(earlier)
        between = sentence[parts[0].end() : said.start()]
        if len(parts) < 2 or parts[0][2] != one[2] or not _TO_TOTAL.fullmatch(between) or _is_each(sentence, parts[-1].start()):
            continue
        stated, computed = _count(one), sum((_count(part) for part in parts), Decimal(0))
        if stated / 2 < computed < stated * 2:
            words = sentence[parts[-1].start() : one.end()]
            yield figure(writing, piece, words, "分项与合计", stated, computed, one[2])


def _priced(writing: Writing, piece: Piece, sentence: str) -> Iterator[Element]:
    """A price for each, how many there are, and what they come to: 每座150万元计，45座共6,750万元; one by the month takes the months."""
    for one in _PRICE.finditer(sentence) if "每" in sentence else ():
        rest = sentence[one.end() :]
        totals = [found for found in MONEY.finditer(rest) if _COMES_TO.search(rest[: found.start()])]
        counted = [
            found
            for found in _ANY_UNITS.finditer(sentence)
            if found[2] == one["each"] and not one.start() <= found.start() < one.end() and not _is_each(sentence, found.start())
        ]
        months = list(_MONTHS.finditer(sentence)) if one["month"] else []
        if not totals or len({found[1] for found in counted}) != 1 or (one["month"] and len({found[1] for found in months}) != 1):
            continue
        computed = amount_of(one) * _count(counted[0]) * (Decimal(months[0][1]) if months else 1)
        stated = amount_of(totals[0])
        if stated / 3 < computed < stated * 3:
            words = sentence[one.start() : one.end() + totals[0].end()]
            yield figure(writing, piece, words, "单价×数量", stated, computed, "元", max(stated, computed) / 1000)


def _is_share(sentence: str, found: re.Match[str]) -> bool:
    begin = max(sentence.rfind(sign, 0, found.start()) for sign in "，,；、。") + 1
    return _OTHER_SHARES.search(sentence, begin, found.start()) is None


def _beyond(writing: Writing, piece: Piece, sentence: str, total: Decimal) -> Iterator[Element]:
    """Costs of the project that are many times the whole of it: most likely the unit is wrong."""
    if _REGION.search(sentence) or is_elsewhere(sentence, len(sentence)) or not _FEES.search(sentence):
        return
    for one in MONEY.finditer(sentence):
        amount = amount_of(one)
        if amount > _TIMES_OVER * total:
            yield figure(writing, piece, one[0], "金额与总投资", amount, total, "元", total)
