"""One `check` per stage: the only test code that knows how the stages are called.

An expectation is `CODE at words: part of the headline`, in the tongue of Chinese unless it starts with `en `; `at` and the
headline may be left out.
"""

import functools

from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.compile import compile_model, compile_rules
from guiju.dsl.ir import tree as ir
from guiju.dsl.model.names.tree import CheckedModel
from guiju.dsl.ruleset import Ruleset
from guiju.standards.load import load_registry
from guiju.standards.registry import Registry
from guiju.terms.tongue import Tongue

__all__ = ["check", "compiled", "diagnostics_of", "model_of", "requirement_of"]


@functools.cache
def _registry() -> Registry:
    return load_registry()


def diagnostics_of(text: str, *, level: Level | None = None) -> tuple[Diagnostic, ...]:
    """Everything that is said of a text, or only what is of a level."""
    _, found = compile_rules((Source("rules.gj", text),), _registry())
    return tuple(one for one in found if level is None or one.level is level)


def model_of(text: str) -> CheckedModel:
    """The checked model of a text."""
    return compile_model((Source("rules.gj", text),), _registry())[0]


def compiled(text: str, name: str = "rules.gj") -> Ruleset:
    """The ruleset of a text that has no errors."""
    ruleset, found = compile_rules((Source(name, text),), _registry())
    assert ruleset is not None, [(one.code, one.headline(Tongue.ZH)) for one in found if one.level is Level.ERROR]
    return ruleset


def requirement_of(text: str, name: str) -> ir.Expr:
    """The requirement of the rule whose id ends in that name."""
    return next(one.requirement for one in compiled(text).rules if one.id.rpartition(".")[2] == name)


def check(text: str, *expected: str, levels: tuple[Level, ...] = (Level.ERROR,)) -> None:
    """Compile the text; exactly the expected diagnostics of those levels are found, in order of place."""
    found = [one for one in diagnostics_of(text) if one.level in levels]
    said = [f"{one.code} at {text[one.span.start : one.span.end]}: {one.headline(Tongue.ZH)} | {one.headline(Tongue.EN)}" for one in found]
    assert len(said) == len(expected), said
    for got, wanted in zip(said, expected, strict=True):
        head, _, words = wanted.partition(": ")
        code, _, at = head.partition(" at ")
        assert got.startswith(f"{code} at "), said
        assert not at or got.startswith(f"{code} at {at}: "), said
        assert not words or words in got, said
