"""Rule files as the author's commands take them: read whole with what is to be said about them, written back in one step."""

import sys
from dataclasses import dataclass
from pathlib import Path

from guiju.commands.terminal.terminal import eprint, print_diagnostics, tell_unwritten
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.source import Source
from guiju.pipeline import rule_files
from guiju.store.whole_file import write_file

__all__ = ["RuleText", "name_of", "read_texts", "write_in_place"]

_MOST_BYTES = 8_000_000
_STDIN = "<stdin>"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """One rule file: where it is, None for stdin, its decoded text, and its bytes as they stand."""

    path: Path | None
    source: Source
    data: bytes


def name_of(path: Path) -> str:
    """The name under which messages speak of a file."""
    return path.as_posix()


def read_texts(paths: list[Path], *, color: bool | None = None) -> tuple[tuple[RuleText, ...], bool]:
    """The files named, those in folders named, and stdin for `-`; False when one of them was not read, which has been said."""
    found: list[RuleText] = []
    whole = True
    for path in paths:
        if str(path) == "-":
            texts = [_decoded(None, _STDIN, sys.stdin.buffer.read(_MOST_BYTES + 1), color)]
        else:
            texts = [_opened(file, color) for file in _files(path)]
            whole = whole and bool(texts)
        found += [one for one in texts if one is not None]
        whole = whole and None not in texts
    return tuple(found), whole


def _files(path: Path) -> tuple[Path, ...]:
    if not path.exists():
        eprint(say(f"没有这个文件：{path}", f"no such file: {path}"))
        return ()
    if not path.is_dir() and path.suffix != ".gj":
        eprint(say(f"{path} 不是规则文件；规则文件的名字以 .gj 结尾", f"{path} is no rule file; the name of a rule file ends in .gj"))
        return ()
    files = rule_files([path])
    if not files:
        eprint(say(f"{path} 里没有规则文件（*.gj）", f"{path} holds no rule files (*.gj)"))
    return files


def _opened(path: Path, color: bool | None) -> RuleText | None:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        eprint(say(f"打不开 {path}：{error.strerror}", f"cannot open {path}: {error.strerror}"))
        return None
    return _decoded(path, name_of(path), data, color)


def _decoded(path: Path | None, name: str, data: bytes, color: bool | None) -> RuleText | None:
    if len(data) > _MOST_BYTES:
        eprint(say(f"{name} 太大，至多 {_MOST_BYTES} 字节", f"{name} is too large, at most {_MOST_BYTES} bytes"))
        return None
    source, _, complaints = decode_bytes(data, name)
    if source is None:
        print_diagnostics(complaints, {}, color=color)
        return None
    return RuleText(path=path, source=source, data=data)


def write_in_place(path: Path, text: str) -> bool:
    """Put the text in place of the file in one step, keeping its rights; False when that failed, which has been said."""
    try:
        write_file(path, text.encode("utf-8"))
    except OSError as error:
        tell_unwritten(error, path)
        return False
    return True
