"""In which tongue this process speaks: `--lang`, else GUIJU_LANG, else the locale; Chinese where the locale is Chinese."""

import os
import sys

from guiju.terms.tongue import Both, Tongue

__all__ = ["TONGUE", "say", "tongue_of", "unknown_tongue"]


def tongue_of(argv: list[str], environ: dict[str, str]) -> Tongue:
    """The tongue that the words and the surroundings of a command ask for."""
    for before, word in zip(["", *argv], argv, strict=False):
        value = word if before == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if value in ("zh", "en"):
            return Tongue(value)
    if environ.get("GUIJU_LANG") in ("zh", "en"):
        return Tongue(environ["GUIJU_LANG"])
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


TONGUE = tongue_of(sys.argv[1:], dict(os.environ))


def say(zh: str, en: str) -> str:
    """The one of two sentences that this process speaks."""
    return Both(zh, en).say(TONGUE)
