"""One option for each form of a report: `--output.sarif=FILE`, `--output.html=FILE`, as many in one run as are wanted.

The options follow the table of forms, so that a new form has its option without another word. It writes nothing itself.
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.commands.terminal.tongue import say
from guiju.reports.formats import FORMATS

__all__ = ["OUTPUT_PREFIX", "Outputs", "with_outputs"]

Outputs = tuple[tuple[str, Path], ...]

OUTPUT_PREFIX = "output_form_"
"""How the arguments begin that hold them."""


def with_outputs(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each form; what they hold comes as its last argument `outputs`, in the order of the forms."""

    def called(**words: Any) -> None:
        files = {name.removeprefix(OUTPUT_PREFIX): words.pop(name) for name in list(words) if name.startswith(OUTPUT_PREFIX)}
        command(**words, outputs=tuple((form, file) for form, file in files.items() if file is not None))

    signature = inspect.signature(command)
    own = [one for one in signature.parameters.values() if one.name != "outputs"]
    added = [_parameter(form) for form in ("text", *FORMATS)]
    # typer reads both: the signature for defaults, the annotations for types.
    called.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in (*own, *added)}
    called.__name__ = command.__name__
    called.__doc__ = command.__doc__
    return called


def _parameter(form: str) -> inspect.Parameter:
    words = say(f"另以 {form} 写入文件", f"also write {form} to a file")
    option = typer.Option(f"--output.{form}", metavar=say("文件", "FILE"), help=words, show_default=False)
    return inspect.Parameter(OUTPUT_PREFIX + form, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[Path | None, option])
