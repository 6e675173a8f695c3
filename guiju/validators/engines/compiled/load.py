"""Compiles the text of a generated module and returns its functions."""

from collections.abc import Callable, Sequence
from typing import Any

from guiju.validators.engines.compiled.codegen.module import Module

__all__ = ["Check", "Note", "load"]

Note = tuple[int, int, int, tuple[int, ...]]
Check = Callable[[Sequence[Any], int, Callable[[Note], None]], tuple[tuple[int, ...], tuple[list[Any], ...]]]


def load(module: Module) -> dict[str, Check]:
    """The functions of a module, by the shape that each judges."""
    names = dict(module.names)
    # The text holds generated names and proved literals only; see tests/unit/validators/engines/compiled/test_generated_names.py.
    exec(compile(module.source, "<guiju plan>", "exec"), names)
    for unit in module.units:
        for cell in unit.cells:
            names[f"memo{cell.number}"].judge = names[f"cell{cell.number}"]
    return {unit.shape: names[unit.name] for unit in module.units}
