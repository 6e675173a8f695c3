"""What commands are given without being told: a project's `guiju.toml`, found upwards, and the user's, below flags and the environment.

flag > environment > project > user > built in. Every value remembers where it came from, which `guiju config` says.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guiju.terms.tongue import Both

__all__ = ["FILE", "SETTINGS", "Kind", "ProjectFault", "Setting", "Settings", "Value", "project_file", "settings_of"]

FILE = "guiju.toml"
_STANDARDS = "standards"


class ProjectFault(Exception):
    """A settings file, or the environment, that says something that cannot be; `words` say what."""

    def __init__(self, words: Both) -> None:
        super().__init__(words)
        self.words = words


class Kind:
    """What a setting holds."""

    PATHS, PATH, STORE, WORD = "paths", "path", "store", "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One thing that may be set: by which flag and which variable of the environment, and what holds without."""

    name: str
    kind: str
    flag: str
    variable: str
    words: Both
    built_in: Both
    choices: tuple[str, ...] = ()


def _setting(name: str, kind: str, flag: str, words: Both, built_in: Both, *choices: str, variable: str = "") -> Setting:
    variable = variable or f"GUIJU_{name.upper()}"
    return Setting(name=name, kind=kind, flag=flag, variable=variable, words=words, built_in=built_in, choices=choices)


SETTINGS = {
    one.name: one
    for one in (
        _setting("rules", Kind.PATHS, "--rules", Both("只用这些规则", "these rules only"), Both("随附规则", "the shipped rules")),
        _setting("add_rules", Kind.PATHS, "--add-rules", Both("另加的规则", "rules besides"), Both("没有", "none")),
        _setting(
            "registry", Kind.PATH, "--registry", Both("自己的文件登记", "records of one's own"), Both("随附登记", "the shipped registry")
        ),
        _setting("waivers", Kind.PATHS, "--waivers", Both("豁免", "waivers"), Both("没有", "none")),
        _setting("profile", Kind.WORD, "--profile", Both("场景", "profile"), Both("按材料认出", "inferred from the material")),
        _setting(
            "gate",
            Kind.WORD,
            "--fail-level",
            Both("从哪一级起不通过", "from which severity on a check fails"),
            Both("场景的门槛", "the gate of the profile"),
            "blocking",
            "major",
            "minor",
            "advisory",
        ),
        _setting("store", Kind.STORE, "--store", Both("台账", "the store of runs"), Both("用户的数据文件夹", "the user's data folder")),
        _setting(
            "tongue",
            Kind.WORD,
            "--lang",
            Both("语言", "tongue"),
            Both("系统的语言", "that of the system"),
            "zh",
            "en",
            variable="GUIJU_LANG",
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What was set, as text or paths, and where."""

    value: str | tuple[Path, ...]
    origin: Both


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values that the environment, the project and the user set; what none of them sets is built in."""

    values: Mapping[str, Value] = field(default_factory=dict)
    project: Path | None = None
    user: Path | None = None

    def paths(self, name: str) -> tuple[Path, ...]:
        """The paths of a setting; none where it is not set."""
        value = self.values.get(name)
        return value.value if value is not None and isinstance(value.value, tuple) else ()

    def word(self, name: str) -> str | None:
        """The text of a setting."""
        value = self.values.get(name)
        return value.value if value is not None and isinstance(value.value, str) else None


def project_file(start: Path) -> Path | None:
    """The nearest `guiju.toml` in a folder or in one above it."""
    here = Path(os.path.abspath(start))
    return next((file for folder in (here, *here.parents) if (file := folder / FILE).is_file()), None)


def _user_file(environ: Mapping[str, str]) -> Path | None:
    base = environ.get("XDG_CONFIG_HOME") or os.path.join(environ.get("HOME", ""), ".config")
    file = Path(base) / "guiju" / FILE
    return file if os.path.isabs(base) and file.is_file() else None


def settings_of(start: Path, environ: Mapping[str, str]) -> Settings:
    """The settings that hold in a folder. Raises ProjectFault."""
    values: dict[str, Value] = {}
    project, user = project_file(start), _user_file(environ)
    if user is not None and user == project:
        project = None
    for file, of in ((user, Both("用户", "user")), (project, Both("项目", "project"))):
        if file is not None:
            origin = Both(f"{of.zh} {file}", f"{of.en} {file}")
            values |= {name: Value(value=value, origin=origin) for name, value in _read(file).items()}
    if project is not None and (not user or "registry" not in _read(project)) and (project.parent / _STANDARDS).is_dir():
        beside = Both(f"项目 {project} 旁边的 {_STANDARDS}/", f"{_STANDARDS}/ beside the project's {project}")
        own = values.get("registry")
        if own is None or own.origin.zh.startswith("用户"):
            values["registry"] = Value(value=(project.parent / _STANDARDS,), origin=beside)
    for name, setting in SETTINGS.items():
        if written := environ.get(setting.variable):
            variable = Both(f"环境变量 {setting.variable}", f"the variable {setting.variable}")
            values[name] = Value(value=_of_text(setting, written), origin=variable)
    return Settings(values=values, project=project, user=user)


def _of_text(setting: Setting, written: str) -> str | tuple[Path, ...]:
    match setting.kind:
        case Kind.PATHS:
            return tuple(Path(os.path.abspath(one)) for one in written.split(os.pathsep) if one)
        case Kind.PATH:
            return (Path(os.path.abspath(written)),)
        case _:
            return _chosen(setting, written, setting.variable)


def _read(file: Path) -> dict[str, str | tuple[Path, ...]]:
    """What a settings file sets; its paths are from its own folder on."""
    import tomllib  # only who has such a file waits for it

    try:
        plain = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProjectFault(Both(f"打不开 {file}：{error.strerror}", f"cannot open {file}: {error.strerror}")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectFault(Both(f"{file} 不是 TOML：{error}", f"{file} is no TOML: {error}")) from None
    found: dict[str, str | tuple[Path, ...]] = {}
    for name, value in plain.items():
        setting = SETTINGS.get(name)
        if setting is None:
            raise ProjectFault(_unknown(file, name))
        found[name] = _of_plain(file, setting, value)
    return found


def _of_plain(file: Path, setting: Setting, value: Any) -> str | tuple[Path, ...]:
    many = [value] if isinstance(value, str) else value
    if setting.kind == Kind.PATHS and isinstance(many, list) and all(isinstance(one, str) for one in many):
        return tuple(_existing(file, setting, one) for one in many)
    if not isinstance(value, str):
        wanted = Both("路径或一列路径", "a path or a list of paths") if setting.kind == Kind.PATHS else Both("一段文字", "a text")
        raise ProjectFault(Both(f"{file}：{setting.name} 应是{wanted.zh}", f"{file}: {setting.name} must be {wanted.en}"))
    if setting.kind == Kind.PATH:
        return (_existing(file, setting, value),)
    if setting.kind == Kind.STORE:
        return value if "://" in value else str(file.parent / value)
    return _chosen(setting, value, str(file))


def _existing(file: Path, setting: Setting, written: str) -> Path:
    path = file.parent / written
    if not path.exists():
        raise ProjectFault(Both(f"{file}：{setting.name} 里的 {path} 不存在", f"{file}: {path}, of {setting.name}, does not exist"))
    return path


def _chosen(setting: Setting, written: str, where: str) -> str:
    if setting.choices and written not in setting.choices:
        all_of = ", ".join(setting.choices)
        words = Both(
            f"{where}：{setting.name} 只能是 {all_of}，不能是“{written}”", f"{where}: {setting.name} is one of {all_of}, not `{written}`"
        )
        raise ProjectFault(words)
    return written


def _unknown(file: Path, name: str) -> Both:
    from guiju.diagnostics.suggest import nearest

    near = nearest(name, SETTINGS)
    known = "、".join(SETTINGS)
    meant = Both(f"是不是 {near}？", f"is {near} meant?") if near else Both(f"可写：{known}", f"known: {', '.join(SETTINGS)}")
    return Both(f"{file}：没有“{name}”这一项；{meant.zh}", f"{file}: there is no `{name}`; {meant.en}")
