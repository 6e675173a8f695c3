"""Reads waiver files, and any file up to a limit, or prints why it cannot."""

from pathlib import Path

from guiju.commands.terminal.terminal import eprint, print_diagnostics
from guiju.commands.terminal.tongue import say
from guiju.diagnostics.codes.code import Level
from guiju.diagnostics.decoding import decode_bytes
from guiju.diagnostics.diagnostic import Diagnostic
from guiju.diagnostics.source import Source
from guiju.dsl.ruleset import Ruleset
from guiju.validators.findings.waivers import Waiver

__all__ = ["MOST_BYTES", "load_waivers", "read_bytes"]

MOST_BYTES = 1024 * 1024 * 1024
"""A report or a file of waivers that is larger is not read."""


def load_waivers(paths: tuple[Path, ...], ruleset: Ruleset, *, color: bool | None) -> tuple[tuple[Waiver, ...] | None, tuple[Source, ...]]:
    """The waivers of all files in order, and their texts; None after saying on stderr what is wrong with any."""
    from guiju.store.waivers import ids_used_twice, read_waivers

    sources: list[Source] = []
    waivers: list[Waiver] = []
    found: list[Diagnostic] = []
    for path in paths:
        data = read_bytes(path)
        if data is None:
            return None, ()
        source, _, complaints = decode_bytes(data, path.as_posix())
        found += complaints
        if source is not None:
            sources.append(source)
            read, complaints = read_waivers(source, ruleset)
            waivers += read
            found += complaints
    found += ids_used_twice(tuple(waivers))
    print_diagnostics(tuple(found), {one.name: one for one in sources}, color=color)
    return (None if any(one.level is Level.ERROR for one in found) else tuple(waivers)), tuple(sources)


def read_bytes(path: Path) -> bytes | None:
    """The file; None after saying on stderr why it cannot be read."""
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            eprint(say(f"{path} 太大，不读。", f"{path} is too large to be read."))
            return None
        return path.read_bytes()
    except OSError as error:
        eprint(say(f"打不开 {path}：", f"cannot open {path}: ") + (error.strerror or str(error)))
        return None
