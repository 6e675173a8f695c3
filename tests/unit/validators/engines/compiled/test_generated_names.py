"""Nothing that a ruleset says becomes code: names and texts are data to a generated module, whatever they hold."""

import ast
import re
from datetime import date

import pytest

from guiju.dsl.ir import tree as ir
from guiju.standards.load import load_calendar
from guiju.terms.modality import Force
from guiju.terms.shape import Field, Shape, Vocabulary
from guiju.terms.tongue import Both
from guiju.terms.types import ListT, RecordT, TextT
from guiju.validators.engines.compiled.codegen.from_plan import Module, write
from guiju.validators.engines.compiled.run import CompiledEngine
from guiju.validators.engines.compiled.runtime.cells import ANSWERS
from guiju.validators.plan.from_ruleset import plan
from tests.differential.strategies import Drawn, _Nowhere

WORDS = {"_", "any", "bytes", "enumerate", "int", "len", "list", "map", "set", "str", "sum", "tuple", "zip"}
HOSTILE = (
    "'''",
    '"); import os; os.abort() #',
    "x\n    raise SystemExit",
    "\\",
    "{0.__class__}",
    "__import__('os')",
    "@cell1 ()",
    "\u2028\x00\ud800",
    "f1",
    "k1 = 2",
    "'; x = 1 #",
    "a\rb\x0bc\x0cd\x85e",
    "ｉｍｐｏｒｔ ｏｓ",
    "еxес",  # Cyrillic letters that look Latin
    "\u202eimport\u2066 os\u2069",
    "%s{x!r:>{y}}$(id)`id`",
    "\N{ZERO WIDTH SPACE}Deoptimize",
    "f1: pass",
)


def _module(word: str, celled: bool = False) -> tuple[Module, Drawn]:
    both = Both(word, word)
    inner = Shape(id=word + "!", name=both, fields=(Field(id=word, name=both, type=TextT()),))
    root = Shape(
        id=word,
        name=both,
        aliases=(word,),
        fields=(Field(id=word, name=both, type=TextT()), Field(id=word + "?", name=both, type=ListT(RecordT(word + "!")))),
    )
    read = ir.Read(0, (word,), TextT())
    tests = (
        ir.Compare("=", read, ir.Const(word, TextT())),
        ir.In(read, (ir.Const(word, TextT()), ir.Const(word * 40, TextT()))),
        ir.Contains("contains", read, ir.Const(word, TextT())),
        ir.Quant(
            ir.QuantKind.SOME,
            1,
            1,
            ir.Each(0, (word + "?",), RecordT(word + "!"), True),
            ir.Compare("≠", ir.Read(1, (word,), TextT()), ir.Const(word, TextT())),
        ),
    )
    rules = tuple(
        ir.Rule(
            id=f"{word}{at}",
            name=both,
            version=word,
            subject=ir.SubjectSpec(shape=word),
            applies=None,
            exceptions=(ir.Exception_(label=both, when=ir.Compare("=", read, ir.Const("never", TextT()))),),
            yields_to=(),
            force=Force.SHALL,
            requirement=test,
            citations=(),
            severity="major",
            fix=both,
            says=both,
            why=both,
            doc=word,
            start=None,
            end=None,
            submitted=(None, None),
            status="active",
            empty_passes=False,
            dimension=None,
            derives=(),
            implicit=False,
            source=(word, 1),
            text=word,
        )
        for at, test in enumerate(tests)
    )
    drawn = Drawn(rules, vocabulary=Vocabulary(shapes=(root, inner)), digest=word)
    named = frozenset({word + "?"}) if celled else frozenset()
    return write(plan(drawn, as_of=date(2026, 6, 30)), load_calendar(), celled=named), drawn


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize("celled", [False, True])
def test_every_name_in_a_module_is_generated_whatever_the_ruleset_is_called(word: str, celled: bool) -> None:
    module, _ = _module(word, celled)
    # What no decoder takes as a key is the interpreter's.
    assert ("pieces" in module.source) is (celled and word.isprintable() and not set(word) & set('"\\'))
    known = set(dir(__builtins__)) | {
        "Deoptimize",
        "EMPTY",
        "Gap",
        "UNSET",
        "at",
        "records",
        "number",
        "note",
        "x",
        "is_same",
        "SKIP",
        "OPEN",
    }
    known |= {*ANSWERS, "i", "bad", "may", "kept", "odd", "pack", "rare", "some", "rows"}
    for node in ast.walk(ast.parse(module.source)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name):
                assert re.fullmatch(r"[a-z]{1,5}\d*(of)?\d+", name) or name in WORDS | known
            case ast.Attribute(attr=attr):
                assert re.fullmatch(r"f\d+", attr) or attr in {
                    "strip",
                    "split",
                    "pop",
                    "isspace",
                    "bit_count",
                    "startswith",
                    "endswith",
                    "__class__",
                    "code",
                    "append",
                    "add",
                }
            case ast.Import() | ast.ImportFrom():
                raise AssertionError("a generated module imports nothing")
            case _:
                pass


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_word_is_compared_as_the_word_it_is(word: str) -> None:
    from guiju.catalog.records.model import Record

    _, drawn = _module(word)
    made = plan(drawn, as_of=date(2026, 6, 30))
    record = Record(shape=word, value={word: word, word + "?": [{word: "other"}]}, locator=_Nowhere(), number=0)
    verdicts = [one.verdict.value for one in CompiledEngine().run(made, (record,), load_calendar())]
    assert verdicts == ["pass"] * 4
