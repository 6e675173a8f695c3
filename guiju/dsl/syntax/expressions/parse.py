"""Tokens to expressions: a Pratt parser in which a word is a keyword only where an operator or a prefix may stand.

Names are not resolved here and types not known; whatever cannot be read becomes a hole.
"""

from guiju.diagnostics.span import Span
from guiju.dsl.syntax import recovery
from guiju.dsl.syntax.cursor import Cursor
from guiju.dsl.syntax.expressions.literals import literal, missing, path, plain_decimal
from guiju.dsl.syntax.expressions.operators import ADD, AND, COMPARE, MINUS, NOT, PHRASES, POWER, Phrase, words
from guiju.dsl.syntax.lex import Token
from guiju.dsl.syntax.tokens import CHECKLISTS, CONNECTIVES, QUANTIFIERS
from guiju.dsl.syntax.tree import (
    Argument,
    Binary,
    Call,
    Conditional,
    Expr,
    Hole,
    Name,
    Negation,
    Number,
    Postfix,
    Quantifier,
    SetLiteral,
    Several,
)
from guiju.terms.tongue import Both

__all__ = ["MAX_HEIGHT", "MAX_NESTING", "expression", "operand_at"]

MAX_NESTING = 48
MAX_HEIGHT = 160

_CHECKLIST = {kind: words(spelling) for kind, spelling in CHECKLISTS.items()}
_CONNECTIVE = {kind: words(spelling) for kind, spelling in CONNECTIVES.items()}
_QUANTIFIER = {kind: words(spelling) for kind, spelling in QUANTIFIERS.items()}

_QUANTIFIER_STARTS = {word.split(" ")[0] for table in (_QUANTIFIER, _CHECKLIST) for words in table.values() for word in words}
_PREFIXES = _QUANTIFIER_STARTS | set(_CONNECTIVE["if"]) | set(_CONNECTIVE["not"])
# A prefix word before one of these is no prefix but a name.
_STOPS = frozenset(word for kind in ("when", "then", "else", "where", "satisfies", "of") for word in _CONNECTIVE[kind]) | {"依据", "cites"}


class _Reader:
    """The state of reading one expression: how deep it is nested, and how high the tree last read is."""

    __slots__ = ("bracketed_spans", "c", "height", "nesting")

    def __init__(self, cursor: Cursor) -> None:
        self.c = cursor
        self.nesting = 0
        self.height = 0
        self.bracketed_spans: set[Span] = set()

    # ---- operators ----

    def operator(self, ahead: int = 0) -> Phrase | None:
        """What stands after an operand: its words, its kind, whether it takes no second operand, and whether it is a slip."""
        tokens, at = self.c.tokens, self.c.at + ahead
        token = tokens[at] if at < len(tokens) else tokens[-1]
        if token.kind != "name" and token.kind != "symbol":
            return None
        phrases = PHRASES.get(token.text)
        if phrases is None:
            return None
        for phrase in phrases:
            count = len(phrase[0])
            if count == 1:
                return phrase
            run = tokens[at + 1 : at + count]
            if len(run) == count - 1 and all(t.kind == "name" and t.text == part for t, part in zip(run, phrase[0][1:], strict=True)):
                return phrase
        return None

    def expr(self, floor: int) -> Expr:
        """An expression whose operators bind at least as tightly as `floor`."""
        c = self.c
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            self.nesting -= 1
            return self.too_deep()
        left = self.prefix(floor)
        height = self.height
        compared = False
        while not c.failed:
            found = self.operator()
            if found is None:
                break
            parts, kind, is_postfix, is_slip = found
            count = len(parts)
            power = COMPARE if is_postfix else POWER[kind]
            if power < floor:
                break
            op_span = Span(c.file, c.token.start, c.tokens[c.at + count - 1].end)
            if power == COMPARE:
                if compared:
                    c.hard("S014", op_span, help=recovery.CHAIN_HELP)
                    break
                compared = True
            elif power < COMPARE:
                compared = False
            if is_slip:
                recovery.operator(c, op_span, kind, is_postfix)
            c.at += count
            if is_postfix:
                left = Postfix(kind, left, op_span, left.span.join(op_span))
            else:
                right = self.expr(power + 1)
                height = max(height, self.height)
                if kind == "or":
                    self.mixed(left, right, op_span)
                left = Binary(kind, left, right, op_span, left.span.join(right.span))
            height += 1
            if height > MAX_HEIGHT:
                left, height = self.too_deep(), 0
        self.nesting -= 1
        self.height = height
        return left

    def mixed(self, left: Expr, right: Expr, op: Span) -> None:
        """A warning where 且 stands beside 或 without brackets: people read such a line in two ways."""
        for one in (left, right):
            if isinstance(one, Binary) and one.op == "and" and one.span not in self.bracketed_spans:
                recovery.mixed(self.c, left, right, op, one)
                return

    def too_deep(self) -> Hole:
        """A hole where reading on would go too deep for those who come after."""
        self.c.hard("S033", self.c.here, limit=str(MAX_HEIGHT))
        self.c.at = len(self.c.tokens) - 1
        return Hole(self.c.gap)

    # ---- operands ----

    def prefix(self, floor: int) -> Expr:
        """An operand, with what may stand before it."""
        c = self.c
        self.height = 1
        token = c.token
        match token.kind:
            case "name":
                if token.text in _PREFIXES:
                    special = self.special(token, floor)
                    if special is not None:
                        return special
                recovery.operand(c)
                return self.name_or_call()
            case "quoted":
                return self.name_or_call()
            case "number" | "date" | "text" | "open_text":
                return literal(c)
            case "symbol":
                return self.symbol(token)
            case "open_name":
                return literal(c)
            case _:
                return missing(c)

    def symbol(self, token: Token) -> Expr:
        """An operand that begins with a symbol."""
        c = self.c
        if token.text == "(":
            return self.bracketed()
        if token.text == "{":
            return self.set_literal()
        if token.text == "-":
            c.at += 1
            arg = self.expr(MINUS)
            self.height += 1
            return Negation("minus", arg, Span(c.file, token.start, arg.span.end))
        if token.text == "!" and recovery.exclamation(c):
            return self.negation(token)
        return missing(c)

    def bracketed(self) -> Expr:
        """`( … )`; brackets leave no trace in the tree."""
        c = self.c
        opened = c.next()
        inner = self.expr(0)
        self.close(opened, ")")
        self.bracketed_spans.add(inner.span)
        return inner

    def close(self, opened: Token, mark: str) -> None:
        """The bracket that closes, or a complaint at the one that opened."""
        c = self.c
        if c.symbol(mark) or c.failed:
            return
        if c.done:
            c.hard("S006", c.span(opened.start, opened.end), mark=opened.text, close=mark)
        else:
            recovery.unexpected(c, Both(f"“{mark}”或一个运算符", f"`{mark}` or an operator"))

    def set_literal(self) -> Expr:
        """`{a, b}`."""
        c = self.c
        opened = c.next()
        items: list[Expr] = []
        height = 0
        while not c.failed and not (c.token.kind == "symbol" and c.token.text == "}"):
            items.append(self.expr(ADD))
            height = max(height, self.height)
            if not c.symbol(","):
                break
        self.close(opened, "}")
        if not items and not c.failed:
            c.slip("S038", c.since(opened.start))
        self.height = height + 1
        return SetLiteral(tuple(items), c.since(opened.start))

    def special(self, token: Token, floor: int) -> Expr | None:
        """A negation, a conditional or a quantifier; None where the word is a name after all."""
        c = self.c
        if token.text in _CONNECTIVE["not"]:
            if self.is_name_after_all(1):
                return None
            if floor > NOT:
                c.slip("S016", c.here, word=token.text)
            return self.negation(token)
        if token.text in _CONNECTIVE["if"]:
            return None if self.is_name_after_all(1) else self.conditional()
        for kind, spellings in _CHECKLIST.items():
            count = c.at_word(spellings)
            if count and _opens_list(c.ahead(count)):
                c.at += count
                return self.several(kind, None, token)
        for kind, spellings in _QUANTIFIER.items():
            count = c.at_word(spellings)
            if count and not self.is_name_after_all(count):
                c.at += count
                return self.quantifier(kind, token)
        return None

    def is_name_after_all(self, count: int) -> bool:
        """Whether what follows shows that a prefix word is used as a name."""
        after = self.c.ahead(count)
        match after.kind:
            case "end":
                return True
            case "symbol":
                return after.text not in ("(", "{", "-", "!")
            case "name":
                # `not` alone is a negation; with `in` behind it it is an operator, and what stands before it a name.
                return self.operator(count) is not None or after.text in _STOPS
            case _:
                return False

    def negation(self, token: Token) -> Expr:
        """非 …"""
        c = self.c
        c.at += 1
        arg = self.expr(NOT)
        self.height += 1
        return Negation("not", arg, Span(c.file, token.start, arg.span.end))

    def conditional(self) -> Expr:
        """若 … 则 … 否则 …"""
        c = self.c
        start = c.next().start
        cond = self.expr(0)
        height = self.height
        then: Expr = Hole(c.gap)
        other: Expr = Hole(c.gap)
        if self.expected("then", start):
            then = self.expr(0)
            height = max(height, self.height)
            if self.expected("else", start):
                other = self.expr(0)
            else:
                other = Hole(c.gap)
        self.height = max(height, self.height) + 1
        return Conditional(cond, then, other, c.since(start))

    def expected(self, kind: str, start: int) -> bool:
        """Pass a word that must stand here."""
        c = self.c
        if c.failed:
            return False
        if c.word(_CONNECTIVE[kind]):
            return True
        recovery.word_missing(c, kind, c.span(start, start))
        return False

    def quantifier(self, kind: str, token: Token) -> Expr:
        """What follows 每个, 存在, 没有, 至少 …"""
        c = self.c
        count: Expr | None = None
        if kind in ("at_least", "at_most", "exactly"):
            count = self.count()
        if _opens_list(c.token) or (c.at_word(_CONNECTIVE["item"]) and _opens_list(c.ahead())):
            c.word(_CONNECTIVE["item"])
            return self.several(kind, count, token)
        binder: Name | None = None
        following = c.ahead()
        if c.token.kind in ("name", "quoted") and following.kind == "name" and following.text in _CONNECTIVE["among"]:
            binder = c.name()
            c.at += 1
        source = path(c, Both("要逐个检查的清单", "the list to look through"))
        body: Expr = Hole(c.gap)
        height = 0
        if not c.failed and self.expected("satisfies", token.start):
            if c.token.kind == "symbol" and c.token.text == "(":
                body = self.bracketed()
            else:
                recovery.bare_body(c)
                body = self.expr(AND if c.failed else NOT)
            height = self.height
        self.height = height + 1
        return Quantifier(kind, count, binder, source, body, c.since(token.start))

    def several(self, kind: str, count: Expr | None, token: Token) -> Expr:
        """The braces of a checklist, after its words."""
        listed = self.set_literal()
        items = listed.items if isinstance(listed, SetLiteral) else ()
        return Several(kind, count, items, self.c.since(token.start))

    def count(self) -> Expr:
        """`n 个`, or `n`; the number takes no unit, since what follows is the list."""
        c = self.c
        token = c.token
        if token.kind == "number":
            c.at += 1
            value: Expr = Number(plain_decimal(c, token), None, c.span(token.start, token.end))
        elif token.kind == "symbol" and token.text == "(":
            value = self.bracketed()
        else:
            value = path(c, Both("个数", "how many"))
        c.word(_CONNECTIVE["counter"])
        return value

    def name_or_call(self) -> Expr:
        """A path, or a function with its arguments."""
        c = self.c
        after = c.tokens[c.at + 1]
        if after.kind == "symbol" and after.text == "(":
            name = c.name()
            assert name is not None
            return self.call(name)
        return path(c, Both("名称", "a name"))

    def call(self, name: Name) -> Expr:
        """`f(a, b 其中 c)`."""
        c = self.c
        opened = c.next()
        args: list[Argument] = []
        height = 0
        while not c.failed and not (c.token.kind == "symbol" and c.token.text == ")"):
            args.append(self.argument())
            height = max(height, self.height)
            if not c.symbol(","):
                break
        self.close(opened, ")")
        self.height = height + 1
        return Call(name, tuple(args), c.since(name.span.start))

    def argument(self) -> Argument:
        """`value [其中 filter] [忽略未提供]`."""
        c = self.c
        value = self.expr(0)
        height = self.height
        where: Expr | None = None
        if c.word(_CONNECTIVE["where"]):
            where = self.expr(0)
            height = max(height, self.height)
        ignoring = c.word(_CONNECTIVE["ignoring"])
        self.height = height
        return Argument(value, where, c.since(value.span.start), ignoring)


def _opens_list(token: Token) -> bool:
    return token.kind == "symbol" and token.text == "{"


def expression(cursor: Cursor) -> Expr:
    """The expression at the reader's place; it ends before the first token that cannot carry it on."""
    return _Reader(cursor).expr(0)


def operand_at(cursor: Cursor, floor: int) -> Expr:
    """An expression whose operators bind at least as tightly as `floor`."""
    return _Reader(cursor).expr(floor)
