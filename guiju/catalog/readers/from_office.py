"""Old and foreign text documents (.doc .wps .odt .rtf): LibreOffice makes a .docx of them, in a process of its own, and that is read.

The process has a folder and a fresh profile of its own, no more than a minute, and on POSIX bounds on its memory and on what it writes.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from guiju.catalog.readers.from_word import read_word_file
from guiju.catalog.records.item import Item, ReaderInput
from guiju.catalog.records.model import Input
from guiju.diagnostics.diagnostic import complain
from guiju.diagnostics.span import Span
from guiju.terms.tongue import Both

__all__ = ["converted", "read_office_file"]

_SECONDS = 60
_MOST_BYTES = 64 * 1024 * 1024
# Addresses that it may take, of which it reserves far more than it uses, and the size of a file that it writes.
_MOST_MEMORY = 6 * 1024 * 1024 * 1024
_MOST_WRITTEN = 512 * 1024 * 1024
_NONE = Both("这种文档要借 LibreOffice 转换，这台机器上没有；请另存为 .docx", "it needs LibreOffice, which is not here; save it as .docx")
_LATE = Both(
    f"LibreOffice 在 {_SECONDS} 秒里没有转完；请另存为 .docx", f"LibreOffice did not finish in {_SECONDS} seconds; save it as .docx"
)
_FAILED = Both("LibreOffice 打不开它；请另存为 .docx", "LibreOffice cannot open it; save it as .docx")
_LARGE = Both("文件太大，不交给 LibreOffice 转换；请另存为 .docx", "it is too large to be handed to LibreOffice; save it as .docx")


def read_office_file(opened: ReaderInput) -> Iterator[Item]:
    """The items of the .docx that LibreOffice makes of the file; a place is one in that."""
    made = converted(opened.data, Path(opened.name).suffix.lower())
    if isinstance(made, Both):
        yield Input(file=opened.name, sha256="", format="office", encoding=None, subjects=())
        yield complain("D150", Span(opened.name, 0, 0), why=made)
        return
    for item in read_word_file(replace(opened, data=made)):
        yield replace(item, format="office") if isinstance(item, Input) else item


def converted(data: bytes, suffix: str) -> bytes | Both:
    """The .docx that LibreOffice makes of a document; why not, in words, where it makes none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return _NONE
    if len(data) > _MOST_BYTES:
        return _LARGE
    with tempfile.TemporaryDirectory(prefix="guiju-") as folder:
        source = Path(folder) / f"document{suffix if suffix in ('.doc', '.odt', '.rtf', '.wps') else '.doc'}"
        source.write_bytes(data)
        words = [program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation=file://{folder}/profile"]
        words += ["--convert-to", "docx", "--outdir", f"{folder}/out", str(source)]
        process = subprocess.Popen(
            words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            cwd=folder,
            preexec_fn=_bounded if os.name == "posix" else None,
        )
        try:
            process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            _end(process)
            return _LATE
        made = Path(folder) / "out" / "document.docx"
        return made.read_bytes() if made.is_file() else _FAILED


def _bounded() -> None:
    """Run in the child, before LibreOffice: a document that makes it grow without end is given up by the system."""
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, _MOST_MEMORY),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_CPU, 2 * _SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Ends the process with all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        process.kill()
    process.wait()
