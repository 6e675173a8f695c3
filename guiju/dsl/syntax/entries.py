"""The lines without a keyword: fields of shapes, codes of lists; and the rows of registers.

Whether a type or a code exists is not asked here.
"""

from guiju.diagnostics.suggest import nearest
from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.block import Block, read_interval_end, split_words
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.expressions.literals import literal
from guiju.dsl.syntax.lex import Token, unescape, unit_end
from guiju.dsl.syntax.tokens import ANSWERS, COLLECTIVES, CONNECTIVES, FLAGS, TYPES, kinds_by_word
from guiju.dsl.syntax.tree import CodeLine, DateLiteral, FieldLine, Flag, Name, Number, Part, TypeName
from guiju.terms.tongue import Both

__all__ = ["is_field_line", "read_code", "read_field", "read_names", "read_title"]

_FLAG_WORDS = kinds_by_word(FLAGS)
_TYPE_WORDS = kinds_by_word(TYPES)
_COLLECTIVE_WORDS = kinds_by_word(COLLECTIVES)
_USUAL = Both(
    "通常的最小数和最大数，例如 通常 1万元 至 100亿元", "the least and the greatest usual amount: usual 1 wan yuan to 100 yi yuan"
)
_ANSWERS = kinds_by_word(ANSWERS)
_FROM = (*CONNECTIVES["from"].zh, *CONNECTIVES["from"].en)
_TO = (*CONNECTIVES["to"].zh, *CONNECTIVES["to"].en)


def _is_ascii_name(token: Token) -> bool:
    return token.kind == "name" and token.text.isascii()


def is_field_line(c: Cursor) -> bool:
    """Whether a line that begins with the keyword of a part is a field of that name: `别名 alias 文本`."""
    first, second = c.tokens[0], c.ahead(1)
    third = c.ahead(3) if c.ahead(2).kind == "text" else c.ahead(2)
    named_twice = _is_ascii_name(second) and second.start > first.end and second.text not in _COLLECTIVE_WORDS
    return named_twice and third.kind == "name" and (third.text in _TYPE_WORDS or third.text in _COLLECTIVE_WORDS)


def read_names(c: Cursor, wanted: Both) -> tuple[Name | None, Name | None]:
    """`中文名 / english_name`, or one of them."""
    first = c.name()
    if first is None:
        recovery.no_name(c, wanted)
        return None, None
    if c.symbol("/"):
        second = c.name()
        if second is None:
            recovery.no_name(c, Both("“/”之后的英文名", "the English name after `/`"))
            return first, None
        if first.text.isascii() and not second.text.isascii():
            right = f"{second.text} / {first.text}"
            span = first.span.join(second.span)
            c.slip("S035", span, right=right, fix=c.replace(span, right))
            first, second = second, first
        return first, second
    return (None, first) if first.text.isascii() else (first, None)


def read_title(c: Cursor) -> str | None:
    """The English display name in quotation marks behind the names, where one stands."""
    if c.failed or c.token.kind != "text":
        return None
    return unescape(c.next().text)[0].strip() or None


def _field_title(c: Cursor) -> str | None:
    """The display name of a field; it is taken out, so that what follows reads as a field without one."""
    at = next((at for at in (1, 2) if at < len(c.tokens) and c.tokens[at].kind == "text"), None)
    return None if at is None else unescape(c.tokens.pop(at).text)[0].strip() or None


# ---- fields ------------------------------------------------------------------------------------------------------


def read_field(block: Block) -> Part:
    """`中文名 english_name "display name" 类型 标记…`."""
    c = block.cursor()
    title = _field_title(c)
    zh = c.name()
    if zh is None:
        recovery.no_name(c, Both("字段的名称", "the name of a field"))
        zh = Name("", c.span(c.token.start, c.token.start))
    if _has_blank_in_name(c):
        return _blank_in_name(c, block, zh)
    en = zh
    type_: TypeName | None = None
    if not c.failed and c.token.kind in ("name", "quoted"):
        type_ = None if _is_type_of_one_name(c, zh) else _with_second_name(c)
        if type_ is not None:
            token = c.tokens[1]
            en = Name(token.text, c.span(token.start, token.end), token.kind == "quoted")
        else:
            type_ = _type(c)
    if type_ is None:
        type_ = _no_type(c, zh)
    flags = _flags(c, block)
    return FieldLine(
        zh=zh,
        en=en,
        type=type_,
        flags=tuple(flags),
        title=title,
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _has_blank_in_name(c: Cursor) -> bool:
    """Whether the line reads `合同 金额 total 金额`: two words of 汉字, then an English name and a type."""
    first, second, third, fourth = c.tokens[0], c.token, c.ahead(1), c.ahead(2)
    if first.kind != "name" or second.kind != "name" or first.text.isascii() or second.text.isascii():
        return False
    is_name = _is_ascii_name(third) and third.text not in _FLAG_WORDS and third.text not in _TYPE_WORDS
    return is_name and fourth.kind in ("name", "quoted") and second.text not in _COLLECTIVE_WORDS


def _blank_in_name(c: Cursor, block: Block, zh: Name) -> Part:
    """The field as it was meant, once its name has been complained of."""
    span = c.span(c.tokens[0].start, c.token.end)
    written = c.text[span.start : span.end]
    c.at += 1
    en = c.name() or zh
    type_ = _type(c)
    flags = _flags(c, block) if type_ is not None else []
    c.failed = False
    c.hard("S045", span, name=written, fix=c.replace(span, f"「{written}」"))
    return FieldLine(
        zh=Name(written, span, True),
        en=en,
        type=type_ or _no_type(c, zh),
        flags=tuple(flags),
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _is_type_of_one_name(c: Cursor, name: Name) -> bool:
    """Whether a field with one name goes on with its type: `parts many part`, `size quantity m`."""
    if c.token.kind != "name":
        return False
    word, following = c.token.text, c.ahead()
    if word in _COLLECTIVE_WORDS:
        return following.kind in ("name", "quoted")
    if not name.text.isascii():
        return False
    known = _TYPE_WORDS.get(word)
    is_quantity = known is not None and known[0] == "quantity"
    return is_quantity and following.text not in _TYPE_WORDS and unit_end(c.folded, following.start, c.tokens[-1].end) is not None


def _no_type(c: Cursor, name: Name) -> TypeName:
    if not c.failed and not recovery.broken(c):
        token = c.token
        found = Both("这里已经结束", "the line ends here") if c.done else Both(f"这里是“{token.text}”", f"`{token.text}` stands here")
        help = Both("字段写作“中文名 english_name 类型 标记…”", "a field is `中文名 english_name type flags…`")
        c.hard("S027", c.here, name=name.text, found=found, help=help)
    point = c.gap
    return TypeName(Name("", point), False, False, None, point)


def _with_second_name(c: Cursor) -> TypeName | None:
    """The type after an English name; the place does not move where the line makes no sense so."""
    token = c.token
    if token.kind == "name" and token.text in _COLLECTIVE_WORDS and not _is_ascii_name(token):
        return None
    start = c.at
    c.at += 1
    following = c.token
    if following.kind in ("name", "quoted") and not (
        following.kind == "name" and following.text in _FLAG_WORDS and c.ahead().kind != "name"
    ):
        type_ = _type(c)
        after = c.token
        if type_ is not None and (after.kind == "end" or (after.kind == "name" and not _is_one_name(c, start))):
            return type_
        if type_ is not None and after.kind not in ("name", "quoted"):
            return type_
    c.at = start
    return None


def _is_one_name(c: Cursor, second: int) -> bool:
    """Whether `name type flag …` was meant, though three words stand there."""
    token, third = c.tokens[second], c.tokens[second + 1]
    return token.text in _TYPE_WORDS and third.text in _FLAG_WORDS


def _type(c: Cursor) -> TypeName | None:
    start = c.token.start
    many = reference = False
    while c.token.kind == "name" and c.token.text in _COLLECTIVE_WORDS and c.ahead().kind in ("name", "quoted"):
        if _COLLECTIVE_WORDS[c.token.text][0] == "many":
            many = True
        else:
            reference = True
        c.at += 1
    name = c.name()
    if name is None:
        return None
    unit: str | None = None
    known = _TYPE_WORDS.get(name.text)
    if known and known[0] == "quantity" and not name.quoted and not c.done:
        found = unit_end(c.folded, c.token.start, c.tokens[-1].end)
        if found is not None and not (c.token.kind == "name" and c.token.text in _FLAG_WORDS):
            begin, end = found
            unit = " ".join(c.folded[begin:end].split())
            while not c.done and c.token.start < end:
                c.at += 1
    return TypeName(name, many, reference, unit, c.since(start))


def _flags(c: Cursor, block: Block) -> list[Flag]:
    flags: list[Flag] = []
    while not c.failed and not c.done:
        token = c.token
        known = _FLAG_WORDS.get(token.text) if token.kind == "name" else None
        if known is None:
            _unknown_flag(c)
            break
        kind = known[0]
        c.at += 1
        if kind == "alias":
            flags.append(_alias(c, block, token))
            break
        words: tuple[str, ...] = ()
        if kind == "cite":
            words = _cite_words(c, token)
        elif kind == "sensitive":
            level = c.name()
            if level is None:
                recovery.no_name(c, Both("敏感级别", "the level of sensitivity"))
            else:
                words = (level.text,)
        elif kind == "blank":
            words = _blank_word(c)
        elif kind == "usual":
            bounds = _bounds(c)
            flags.append(Flag(kind, (), c.since(token.start), bounds))
            continue
        flags.append(Flag(kind, words, c.since(token.start)))
    return flags


def _bounds(c: Cursor) -> tuple[Number, ...]:
    """`1万元 至 100亿元`."""
    found: list[Number] = []
    for last in (False, True):
        if c.token.kind != "number":
            wanted = Both("最大的数，例如 100亿元", "the greatest, such as 10 billion yuan") if last else _USUAL
            if not recovery.broken(c):
                recovery.unexpected(c, wanted)
            return ()
        number = literal(c)
        if c.failed or not isinstance(number, Number):
            return ()
        found.append(number)
        if not last and not c.word(_TO):
            recovery.unexpected(c, Both("“至”和最大的数", "`to` and the greatest"))
            return ()
    return tuple(found)


def _blank_word(c: Cursor) -> tuple[str, ...]:
    """The 是 or 否 that a blank means."""
    meant = _ANSWERS.get(c.token.text) if c.token.kind == "name" else None
    if meant is None:
        recovery.no_name(c, Both("是 或 否", "`yes` or `no`"))
        return ()
    c.at += 1
    return (meant[0],)


def _unknown_flag(c: Cursor) -> None:
    if recovery.broken(c):
        return
    token = c.token
    near = nearest(token.text, _FLAG_WORDS)
    known = "、".join(spelling.zh[0] for spelling in FLAGS.values())
    help = (
        Both(f"是不是“{near}”？", f"is `{near}` meant?")
        if near
        else Both(f"可用：{known}", "one of " + ", ".join(s.en[0] for s in FLAGS.values()))
    )
    c.hard("S028", c.here, word=c.text[token.start : token.end], help=help, fix=c.replace(c.here, near) if near else None)


def _cite_words(c: Cursor, word: Token) -> tuple[str, ...]:
    """The citation up to the next flag."""
    first = c.token
    while not c.done and not (c.token.kind == "name" and c.token.text in _FLAG_WORDS and c.folded[c.token.start - 1] in " \t\n"):
        c.at += 1
    last = c.tokens[c.at - 1]
    if last is word:
        c.hard("S031", c.span(word.start, word.end), word=word.text)
        return ()
    return (" ".join(c.text[first.start : last.end].split()),)


def _alias(c: Cursor, block: Block, word: Token) -> Flag:
    """`别名 a, b`, to the line's end."""
    kept = list(block.comments), block.trailing
    pieces = block.pieces(word.end, running=False)
    block.comments, block.trailing = kept
    found = list(split_words(block, pieces))
    c.at = len(c.tokens) - 1
    if not found:
        c.hard("S031", c.span(word.start, word.end), word=word.text)
        return Flag("alias", (), c.span(word.start, word.end))
    return Flag("alias", tuple(text for text, _ in found), c.span(word.start, found[-1][1][1]))


# ---- codes and rows ----------------------------------------------------------------------------------------------


def read_code(block: Block) -> Part:
    """`code 中文名 / english_name ["display name"] [自 …] [至 …] [别名 …]`."""
    start = block.group.start
    line_end = block.group.lines[0].end
    stop = start
    while stop < line_end and block.folded[stop] not in " \t":
        stop += 1
    code = block.text[start:stop]
    if len(code) >= 2 and block.folded[start] == '"' and block.folded[stop - 1] == '"':
        code = code[1:-1]
    block.content = stop
    c = block.cursor()
    if c.token.kind == "symbol" and c.token.text == "/":
        c.hard(
            "S036",
            block.span(start, stop),
            name=code,
            help=Both("一行写作“代码 中文名 / english_name”", "a line is `code 中文名 / english_name`"),
        )
    zh, en, title = *read_names(c, Both("代码的名称", "the code's label")), read_title(c)
    given = zh or en or Name("", c.span(stop, stop))
    first: DateLiteral | None = None
    last: DateLiteral | None = None
    aliases: tuple[str, ...] = ()
    while not c.failed and not c.done:
        token = c.token
        if token.kind == "name" and token.text in FLAGS["alias"].zh + FLAGS["alias"].en:
            c.at += 1
            aliases = _code_aliases(c, block, token)
        elif token.kind == "name" and token.text in _FROM:
            first = read_interval_end(c, c.next())
        elif token.kind == "name" and token.text in _TO:
            last = read_interval_end(c, c.next())
        else:
            recovery.unexpected(c, Both("“自”“至”“别名”或这一行的末尾", "`from`, `to`, `aliases` or the line's end"))
            break
    return CodeLine(
        code=code,
        code_span=block.span(start, stop),
        zh=zh or given,
        en=en or given,
        aliases=aliases,
        title=title,
        start=first,
        end=last,
        span=block.whole,
        comments=tuple(block.comments),
        trailing=block.trailing,
        tongue=block.tongue,
    )


def _code_aliases(c: Cursor, block: Block, word: Token) -> tuple[str, ...]:
    """The aliases of a code: to the line's end, or to an interval."""
    first = c.at
    while not c.done and not (c.token.kind == "name" and c.token.text in _FROM + _TO and c.ahead().kind == "date"):
        c.at += 1
    # From the first to the last token of each line, so that a comment at its end is left out.
    lines = ([one for one in c.tokens[first : c.at] if line.first <= one.start < line.end] for line in block.group.lines)
    stretches = [(of_line[0].start, of_line[-1].end) for of_line in lines if of_line]
    words = tuple(text for text, _ in split_words(block, stretches))
    if not words:
        c.hard("S031", c.span(word.start, word.end), word=word.text)
    return words
