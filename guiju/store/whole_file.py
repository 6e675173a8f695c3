"""A file is as it was, or whole and new: what is written waits beside it until it is on the disk, and takes its name in one step.

Pipes, terminals and open descriptors are no files to replace; they are written to as they stand.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress

__all__ = ["PRIVATE", "descriptor_of", "write_file"]

PRIVATE = 0o600
"""The rights of what nobody but its owner should read."""
_USUAL = 0o666
_NO_UNNAMED = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL, errno.ENOSYS)
_NO_LINKS = (errno.EOPNOTSUPP, errno.EPERM, errno.ENOSYS)
_DESCRIPTORS = re.compile(r"/dev/fd|/proc/(self|thread-self|[0-9]+)(/task/[0-9]+)?/fd")
_MOST_LINKS = 40


def write_file(path: str | os.PathLike[str], data: bytes | Iterable[bytes], *, mode: int = _USUAL, fresh: bool = False) -> None:
    """Puts the data there, with owner and rights of the file that it replaces, else with `mode` less the umask.

    Data may come in parts, which are never held together.

    A link stays a link: what it leads to is replaced. With `fresh` a file that is there is left: FileExistsError.
    Raises OSError, and the file is then as it was.
    """
    number = descriptor_of(path)
    if number is not None:
        _pour(os.dup(number), data)
        return
    target = os.path.realpath(path)
    try:
        before = os.stat(target)
    except FileNotFoundError:
        before = None
    if before is not None and fresh:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path))
    if before is not None and not stat.S_ISREG(before.st_mode):
        _pour(os.open(target, os.O_WRONLY), data)
        return
    _replace(target, data, before, mode, fresh=fresh)


def descriptor_of(path: str | os.PathLike[str]) -> int | None:
    """Which open descriptor of this process a name like /dev/stdout or /dev/fd/3 stands for; None for any other name."""
    name = os.fspath(path)
    for _ in range(_MOST_LINKS):
        folder, last = os.path.split(os.path.abspath(name))
        folder = os.path.realpath(folder)
        found = _DESCRIPTORS.fullmatch(folder)
        if found is not None and last.isdigit():
            return int(last) if found[1] in (None, "self", "thread-self", str(os.getpid())) else None
        if not os.path.islink(name):
            return None
        name = os.path.join(folder, os.readlink(name))
    return None


def _replace(target: str, data: bytes | Iterable[bytes], before: os.stat_result | None, mode: int, *, fresh: bool) -> None:
    folder = os.path.dirname(target)
    # A name of its own and a short one: that of the target may be as long as names can be.
    beside = os.path.join(folder, f".guiju-{os.urandom(8).hex()}")
    handle, is_named = _opened(folder, beside, mode)
    try:
        try:
            if before is not None:
                _take_rights(handle, before)
            _write_all(handle, data)
            os.fsync(handle)
            if not is_named:
                # The descriptor of a folder makes Python follow the link in /proc, as only linkat does.
                os.link(f"/proc/self/fd/{handle}", beside, src_dir_fd=handle, follow_symlinks=True)
                is_named = True
        finally:
            os.close(handle)
        _take_name(beside, target, fresh=fresh)
    except BaseException:
        if is_named and os.path.lexists(beside):
            os.unlink(beside)
        raise
    _sync_folder(folder)


def _opened(folder: str, beside: str, mode: int) -> tuple[int, bool]:
    """A new file to write to, and whether it has a name yet: without one, a run that is killed leaves nothing behind."""
    if hasattr(os, "O_TMPFILE") and os.path.isdir("/proc/self/fd"):
        try:
            return os.open(folder, os.O_TMPFILE | os.O_WRONLY, mode), False
        except OSError as error:
            if error.errno not in _NO_UNNAMED:
                raise
    return os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), True


def _take_rights(handle: int, before: os.stat_result) -> None:
    now = os.fstat(handle)
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        # Where it is not ours to give away, it is the writer's own.
        with suppress(PermissionError):
            os.fchown(handle, before.st_uid, before.st_gid)
    os.fchmod(handle, before.st_mode & 0o777)


def _take_name(beside: str, target: str, *, fresh: bool) -> None:
    if fresh:
        try:
            os.link(beside, target)
        except OSError as error:
            # Sticks have no links; nobody else writes to them at this moment.
            if error.errno not in _NO_LINKS or os.path.lexists(target):
                raise
        else:
            os.unlink(beside)
            return
    os.replace(beside, target)


def _pour(handle: int, data: bytes | Iterable[bytes]) -> None:
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes | Iterable[bytes]) -> None:
    for part in (data,) if isinstance(data, bytes) else data:
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(handle, rest) :]


def _sync_folder(folder: str) -> None:
    """The new name on the disk as well, where a folder can be told to go there."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)
