"""A place among the tokens of one part, and the complaints made there: many slips, but one hard fault.

A slip is a wrong phrasing whose meaning is plain; reading goes on as if it had been right. After a hard fault the rest of the
part is uncertain, so nothing more is said about it.
"""

from guiju.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label, Safety, complain
from guiju.diagnostics.span import Span
from guiju.dsl.syntax.lex import Token
from guiju.dsl.syntax.tree import Name
from guiju.terms.tongue import Both, Tongue

__all__ = ["Cursor"]


class Cursor:
    """The tokens of one part with the reader's place in them."""

    __slots__ = ("at", "failed", "file", "folded", "found", "text", "tokens", "tongue")

    def __init__(self, file: str, text: str, folded: str, tokens: list[Token], tongue: Tongue) -> None:
        self.file = file
        self.text = text
        self.folded = folded
        self.tokens = tokens
        self.tongue = tongue
        self.at = 0
        self.failed = False
        self.found: list[Diagnostic] = []

    # ---- looking ----

    @property
    def token(self) -> Token:
        """The token at the reader's place."""
        return self.tokens[self.at]

    def ahead(self, count: int = 1) -> Token:
        """A later token; the end stands after all others."""
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.tokens[self.at].kind == "end"

    def span(self, start: int, end: int) -> Span:
        """A range of this text."""
        return Span(self.file, start, end)

    @property
    def here(self) -> Span:
        """The range of the token at the reader's place; at the end, the point after the last token."""
        token = self.token
        if token.kind == "end":
            point = self.tokens[self.at - 1].end if self.at else token.start
            return Span(self.file, point, point)
        return Span(self.file, token.start, token.end)

    @property
    def gap(self) -> Span:
        """The point after the last token that was passed: where something is missing."""
        point = self.tokens[self.at - 1].end if self.at else self.tokens[0].start
        return Span(self.file, point, point)

    def since(self, start: int) -> Span:
        """From an offset to the end of the last token that was passed."""
        return Span(self.file, start, max(start, self.tokens[self.at - 1].end if self.at else start))

    # ---- passing ----

    def next(self) -> Token:
        """Pass one token; the end is never passed."""
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def symbol(self, *written: str) -> Token | None:
        """Pass a symbol if it is one of these."""
        token = self.tokens[self.at]
        if token.kind == "symbol" and token.text in written:
            self.at += 1
            return token
        return None

    def at_word(self, words: tuple[str, ...]) -> int:
        """How many tokens the first of these phrases that stands here takes; 0 for none."""
        tokens = self.tokens
        first = tokens[self.at]
        if first.kind != "name":
            return 0
        for phrase in words:
            if phrase == first.text:
                return 1
            if " " in phrase and phrase.startswith(first.text):
                parts = phrase.split(" ")
                run = tokens[self.at : self.at + len(parts)]
                if len(run) == len(parts) and all(
                    token.kind == "name" and token.text == part for token, part in zip(run, parts, strict=True)
                ):
                    return len(parts)
        return 0

    def word(self, words: tuple[str, ...]) -> bool:
        """Pass one of these phrases if it stands here."""
        count = self.at_word(words)
        self.at += count
        return count > 0

    def name(self) -> Name | None:
        """Pass a name if one stands here."""
        token = self.tokens[self.at]
        if token.kind == "name" or token.kind == "quoted":
            self.at += 1
            return Name(token.text, Span(self.file, token.start, token.end), token.kind == "quoted")
        return None

    # ---- complaining ----

    def hard(
        self,
        code: str,
        span: Span,
        *,
        labels: tuple[Label, ...] = (),
        help: Both | None = None,
        fix: Fix | None = None,
        **facts: str | Both,
    ) -> None:
        """A fault after which the rest of the part is uncertain; only the first is kept."""
        if not self.failed:
            self.failed = True
            self.found.append(complain(code, span, labels=labels, help=help, fix=fix, **facts))

    def slip(self, code: str, span: Span, *, help: Both | None = None, fix: Fix | None = None, **facts: str | Both) -> None:
        """A wrong phrasing whose meaning is plain."""
        if not self.failed:
            self.found.append(complain(code, span, labels=(), help=help, fix=fix, **facts))

    def replace(self, span: Span, text: str, safety: Safety = Safety.SAFE) -> Fix:
        """The mend that writes this text over that range."""
        words = Both(f"改为“{text.strip()}”", f"write `{text.strip()}`") if text else Both("删去它", "take it out")
        return Fix(words, (Edit(span, text),), safety)
