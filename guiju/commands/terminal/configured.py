"""A command that takes from the project, the user and the environment what its flags do not say."""

import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from guiju.commands.terminal.project import ProjectFault, Settings, settings_of
from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.standards.own.own_records import use_records

__all__ = ["configured"]

# The arguments of commands that a setting fills, where no flag did.
_FILLS = {
    "rules": "rules",
    "from_": "rules",
    "add_rules": "add_rules",
    "waivers": "waivers",
    "profile": "profile",
    "fail_level": "gate",
    "store": "store",
}
_ASKS_RECORDS = ("standards", "config")


def configured(command: Callable[..., None], name: str) -> Callable[..., None]:
    """The command with `--registry`, its other arguments filled; one that takes none of them is left alone."""
    signature = inspect.signature(command)
    if not any(one in _FILLS for one in signature.parameters) and name not in _ASKS_RECORDS:
        return command

    def called(**words: Any) -> None:
        registry: Path | None = words.pop("registry")
        settings = _settings()
        _fill(words, settings)
        folder = registry or next(iter(settings.paths("registry")), None)
        if folder is not None and not folder.is_dir():
            eprint(say(f"没有这个文件夹：{folder}", f"there is no folder {folder}"))
            raise typer.Exit(2)
        use_records(Path(os.path.abspath(folder)) if folder is not None else None)
        _run(command, words)

    called.__signature__ = signature.replace(parameters=[*signature.parameters.values(), _REGISTRY])  # type: ignore[attr-defined]
    called.__annotations__ = {**command.__annotations__, _REGISTRY.name: _REGISTRY.annotation}
    called.__name__ = command.__name__
    called.__doc__ = command.__doc__
    return called


_REGISTRY = inspect.Parameter(
    "registry",
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        typer.Option(
            "--registry",
            metavar=say("文件夹", "FOLDER"),
            help=say("自己的文件登记（默认：guiju.toml 旁的 standards/）", "records of one's own (default: standards/ beside guiju.toml)"),
            show_default=False,
        ),
    ],
)


def _settings() -> Settings:
    try:
        return settings_of(Path(), os.environ)
    except ProjectFault as fault:
        eprint(fault.words.say(TONGUE))
        raise typer.Exit(2) from None


def _fill(words: dict[str, Any], settings: Settings) -> None:
    told_rules = any(words.get(name) for name in ("rules", "from_"))
    for argument, setting in _FILLS.items():
        if argument not in words or words[argument]:
            continue
        # Whoever names the only rules to be used means no others.
        if setting == "add_rules" and told_rules:
            continue
        paths = settings.paths(setting)
        words[argument] = list(paths) if paths else settings.word(setting)


def _run(command: Callable[..., None], words: dict[str, Any]) -> None:
    try:
        command(**words)
    except Exception as error:
        # Known by its name: the schema is loaded only for who has records of his own.
        if type(error).__name__ != "RecordsFault":
            raise
        from guiju.standards.own.join_records import RecordsFault

        assert isinstance(error, RecordsFault)
        print_diagnostics(error.diagnostics, {one.name: one for one in error.sources})
        raise typer.Exit(2) from None
    finally:
        use_records(None)
