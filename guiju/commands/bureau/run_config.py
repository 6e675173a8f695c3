"""What `guiju config` says: each setting, its value, and the one of flag, environment, project, user and built in that gave it.

0 said · 2 a settings file cannot be read.
"""

import json
import os
from pathlib import Path

from guiju.commands.terminal.project import SETTINGS, Settings, Value, settings_of
from guiju.commands.terminal.terminal import eprint, put
from guiju.commands.terminal.tongue import TONGUE, say
from guiju.standards.own.own_records import records_folder
from guiju.terms.tongue import Both

__all__ = ["run_config"]

_BUILT_IN = Both("内置", "built in")


def run_config(*, lang: str | None, as_json: bool) -> int:
    """The exit code, after everything has been written."""
    settings = settings_of(Path(), os.environ)
    values = dict(settings.values)
    if lang is not None:
        values["tongue"] = Value(value=lang, origin=Both("参数 --lang", "the flag --lang"))
    if records_folder() not in (None, *(Path(os.path.abspath(one)) for one in settings.paths("registry"))):
        values["registry"] = Value(value=(records_folder() or Path(),), origin=Both("参数 --registry", "the flag --registry"))
    if as_json:
        plain = {name: _plain(name, values) for name in SETTINGS}
        put(json.dumps({"settings": plain, **_files(settings)}, ensure_ascii=False, indent=2) + "\n", None)
        return 0
    put("".join(f"{_line(name, values)}\n" for name in SETTINGS), None)
    if settings.project is None:
        eprint(say("这里和上面的文件夹里都没有 guiju.toml。", "There is no guiju.toml here or in a folder above."))
    return 0


def _said(value: str | tuple[Path, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))


def _line(name: str, values: dict[str, Value]) -> str:
    setting, value = SETTINGS[name], values.get(name)
    said = _said(value.value) if value is not None else setting.built_in.say(TONGUE)
    origin = (value.origin if value is not None else _BUILT_IN).say(TONGUE)
    return say(
        f"{name:<10}{said}    来自：{origin}    （{setting.words.zh}；{setting.flag}，{setting.variable}）",
        f"{name:<10}{said}    from: {origin}    ({setting.words.en}; {setting.flag}, {setting.variable})",
    )


def _plain(name: str, values: dict[str, Value]) -> dict[str, object]:
    value = values.get(name)
    if value is None:
        return {"value": None, "from": _BUILT_IN.say(TONGUE)}
    written: object = value.value if isinstance(value.value, str) else [str(one) for one in value.value]
    return {"value": written, "from": value.origin.say(TONGUE)}


def _files(settings: Settings) -> dict[str, str | None]:
    return {name: str(file) if file is not None else None for name, file in (("project", settings.project), ("user", settings.user))}
