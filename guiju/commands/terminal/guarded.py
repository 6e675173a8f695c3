"""A command with the guard over what it was given: its words are read for names of files before it does anything.

Which words name files that are read, and which name files that are written, stands here once for all commands.
"""

import inspect
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.commands.terminal.guard import Guard, public_name
from guiju.commands.terminal.outputs import OUTPUT_PREFIX
from guiju.commands.terminal.terminal import eprint, watch
from guiju.commands.terminal.tongue import say

__all__ = ["GIVEN", "WRITTEN", "guarded"]

GIVEN = (
    "files",
    "file",
    "paths",
    "inputs",
    "rules",
    "from_",
    "add_rules",
    "waivers",
    "baseline",
    "key",
    "store",
    "answers",
    "root",
    "text",
    "old",
    "new",
    "previous",
)
"""The arguments that name what a command reads; `store` is also written, and nothing else given may stand in its place."""
WRITTEN = ("output", "annotate", "problem_list", "answers_to", "losses")
"""Those that name what it writes, besides one for each form of a report."""
# What is there already is not made again by running the command again.
_KEEPS_WHAT_IS_THERE = ("evidence", "fix", "template", "waive")
_STDOUT = 1


def guarded(command: Callable[..., None], name: str) -> Callable[..., None]:
    """The command, which ends with a sentence and 2 before it writes over a file that it was given."""
    signature = inspect.signature(command)
    if not any(_is_written(one) for one in signature.parameters):
        return command

    def called(**words: Any) -> None:
        guard = Guard(_given(words), force=words.pop("force"))
        fault = _fault(guard, words, keeps=name in _KEEPS_WHAT_IS_THERE and not guard.force)
        if fault is not None:
            eprint(fault)
            raise typer.Exit(2)
        watch(guard)
        command(**words)

    # typer reads both: the signature for defaults, the annotations for types.
    called.__signature__ = signature.replace(parameters=[*signature.parameters.values(), _FORCE])  # type: ignore[attr-defined]
    called.__annotations__ = {**command.__annotations__, _FORCE.name: _FORCE.annotation}
    called.__name__ = command.__name__
    called.__doc__ = command.__doc__
    return called


_FORCE = inspect.Parameter(
    "force",
    inspect.Parameter.KEYWORD_ONLY,
    default=False,
    annotation=Annotated[
        bool, typer.Option("--force", help=say("覆盖已有的登记、证据包、钥匙等", "write over a register, a pack or a key that exists"))
    ],
)


def _is_written(name: str) -> bool:
    return name in WRITTEN or name.startswith(OUTPUT_PREFIX)


def _given(words: dict[str, Any]) -> Iterator[str]:
    for name in GIVEN:
        value = words.get(name)
        for one in value if isinstance(value, list | tuple) else [value]:
            if one is not None:
                yield str(one)
    if "store" in words and words["store"] is None and os.environ.get("GUIJU_STORE"):
        yield os.environ["GUIJU_STORE"]


def _outputs(words: dict[str, Any]) -> Iterator[Path]:
    for name, value in words.items():
        if _is_written(name) and value is not None:
            yield value
    if words.get("action") == "keygen" and words["output"] is not None:
        yield public_name(words["output"])


def _fault(guard: Guard, words: dict[str, Any], *, keeps: bool) -> str | None:
    outputs = list(_outputs(words))
    for number, one in enumerate(outputs):
        if (refusal := guard.refusal(one)) is not None:
            return refusal
        if keeps and one.is_file():
            return say(f"{one} 已经有了；要覆盖请加 --force。", f"{one} exists; --force writes over it.")
        if any(_is_same(one, other) for other in outputs[:number]):
            return say("两种格式写到同一个文件。", "Two forms are to be written to one file.")
    if words.get("output") is None and (refusal := guard.refusal(_STDOUT)) is not None:
        return refusal
    store = words.get("store") if words.get("keep") else None
    others = {name: value for name, value in words.items() if name != "store"}
    return Guard(_given(others), force=True).refusal(store) if store else None


def _is_same(one: Path, other: Path) -> bool:
    if os.path.realpath(one) == os.path.realpath(other):
        return os.path.realpath(one) != os.devnull
    return one.is_file() and other.is_file() and one.samefile(other)
