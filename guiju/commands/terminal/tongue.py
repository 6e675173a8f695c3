"""In which tongue this process speaks: `--lang`, else GUIJU_LANG, else a settings file, else the locale.

Chinese where the locale is Chinese. Of a rule text one speaks as the text does, unless somebody chose a tongue.
"""

import os
import sys
from pathlib import Path

from guiju.commands.terminal.project import ProjectFault, settings_of
from guiju.terms.tongue import Both, Tongue

__all__ = ["CHOSEN", "TONGUE", "chosen_tongue", "say", "tongue_of", "unknown_tongue"]


def chosen_tongue(argv: list[str], environ: dict[str, str]) -> Tongue | None:
    """The tongue that somebody chose for Guiju: by a word, a variable or a settings file; None where nobody did."""
    for before, word in zip(["", *argv], argv, strict=False):
        value = word if before == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if value in ("zh", "en"):
            return Tongue(value)
    if environ.get("GUIJU_LANG") in ("zh", "en"):
        return Tongue(environ["GUIJU_LANG"])
    try:
        set_ = settings_of(Path(), {name: value for name, value in environ.items() if not name.startswith("GUIJU_")}).word("tongue")
    except (ProjectFault, OSError):
        return None  # the command says so
    return Tongue(set_) if set_ else None


def tongue_of(argv: list[str], environ: dict[str, str]) -> Tongue:
    """The tongue that the words and the surroundings of a command ask for."""
    chosen = chosen_tongue(argv, environ)
    if chosen is not None:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return Tongue.ZH if environ[name].lower().startswith("zh") else Tongue.EN
    return Tongue.EN


def unknown_tongue(argv: list[str]) -> str | None:
    """The word after `--lang` that is no tongue of Guiju's."""
    for before, word in zip(["", *argv], argv, strict=False):
        value = word if before == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else "zh"
        if value not in ("zh", "en"):
            return value
    return None


CHOSEN = chosen_tongue(sys.argv[1:], dict(os.environ)) is not None
TONGUE = tongue_of(sys.argv[1:], dict(os.environ))


def say(zh: str, en: str) -> str:
    """The one of two sentences that this process speaks."""
    return Both(zh, en).say(TONGUE)
