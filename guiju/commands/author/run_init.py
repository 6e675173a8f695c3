"""What `guiju init` does: asks at most three questions where somebody is there to answer, and leaves a small folder that works.

0 the folder is there · 2 it could not be written, or something stands in its way; nothing is ever overwritten.
"""

import sys
from pathlib import Path

import typer

from guiju.author.starter import PURPOSES, starter
from guiju.commands.terminal.terminal import eprint, put, tell_unwritten, write
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.terms.tongue import Tongue

__all__ = ["run_init"]

_FOLDER = "guiju-example"


def run_init(folder: Path | None, *, purpose: str | None, tongue: str | None, yes: bool) -> int:
    """The exit code, after the files have been written."""
    asks = not yes and sys.stdin.isatty()
    if folder is None:
        folder = Path(typer.prompt(say("放在哪个文件夹", "Which folder"), default=_FOLDER, err=True) if asks else _FOLDER)
    if purpose is None:
        purpose = _asked_purpose() if asks else "rules"
    if purpose not in PURPOSES:
        eprint(say(f"没有“{purpose}”这一种；有：", f"no purpose {purpose!r}; there are: ") + ", ".join(PURPOSES))
        return 2
    if tongue is None:
        tongue = (
            typer.prompt(say("示例用哪种语言（zh 或 en）", "The example in which tongue (zh or en)"), default=TONGUE.value, err=True)
            if asks
            else TONGUE.value
        )
    if tongue not in ("zh", "en"):
        eprint(say(f"没有“{tongue}”这种语言，只有 zh 和 en", f"no tongue {tongue!r}; there are zh and en"))
        return 2
    return _write(folder, starter(purpose, Tongue(tongue)))


def _asked_purpose() -> str:
    for number, words in enumerate(PURPOSES.values(), 1):
        eprint(f"  {number}  {words.say(TONGUE)}")
    said = str(typer.prompt(say("要做什么", "What for"), default="1", err=True)).strip()
    names = list(PURPOSES)
    return names[int(said) - 1] if said.isdigit() and 1 <= int(said) <= len(names) else said


def _write(folder: Path, files: tuple[tuple[str, str], ...]) -> int:
    standing = [name for name, _ in files if (folder / name).exists()]
    if standing:
        eprint(say(f"{folder} 里已经有 {standing[0]}，没有改动任何文件。", f"{folder} already holds {standing[0]}; nothing was written."))
        return 2
    try:
        for name, text in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write(text, path, fresh=True)
            put(f"{path}\n", None)
    except OSError as error:
        tell_unwritten(error, error.filename or folder)
        return 2
    command = next(line.strip() for name, text in files if name == "README.md" for line in text.split("\n") if line.startswith("    "))
    eprint(say("试一试：", "Try it: ") + f"cd {folder} && {command}")
    return 0
