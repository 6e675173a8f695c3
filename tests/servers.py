"""Servers that tests start for themselves and end again: a PostgreSQL cluster on a port of its own."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["postgresql_cluster"]


def _programs() -> Path | None:
    beside = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) if Path("/usr/lib/postgresql").is_dir() else []
    found = beside[-1] if beside else shutil.which("initdb")
    return Path(found).parent if found else None


def _as_user(words: list[str], user: str | None) -> list[str]:
    return ["su", "-s", "/bin/sh", user, "-c", " ".join(f"'{word}'" for word in words)] if user else words


@contextmanager
def postgresql_cluster(*, password: str | None = None) -> Iterator[str]:
    """The URL of a cluster that goes when the test does; with a password, it is asked for. Skips where there is no PostgreSQL."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed; `make setup-system` wishes for it")
    user = None
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root.
        user = next((one.pw_name for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody")), None)
        if user is None or shutil.which("su") is None:
            pytest.skip("PostgreSQL does not run as root, and there is no other user here")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # A socket's path must be short, and the other user must be able to enter every folder above it.
    home = Path(f"/tmp/guiju-pg-{os.getpid()}-{port}")
    home.mkdir(mode=0o700)
    (home / "secret").write_text(password or "none", encoding="utf-8")
    if user:
        shutil.chown(home, user)
        shutil.chown(home / "secret", user)

    def run(*words: str) -> None:
        done = subprocess.run(
            _as_user([str(programs / words[0]), *words[1:]], user), capture_output=True, text=True, cwd="/", timeout=120, check=False
        )
        if done.returncode != 0:
            raise RuntimeError(done.stdout[-1000:] + done.stderr[-1000:])

    data, started = f"{home}/data", False
    try:
        how = "scram-sha-256" if password else "trust"
        run("initdb", "-D", data, "-U", "guiju", "-A", how, "--pwfile", f"{home}/secret", "-E", "UTF8", "--no-locale", "-N")
        run("pg_ctl", "-D", data, "-l", f"{home}/log", "-w", "-o", f"-p {port} -k {home} -c listen_addresses=127.0.0.1 -F", "start")
        started = True
        yield f"postgresql://guiju:{password or 'secret'}@127.0.0.1:{port}/postgres"
    finally:
        if started:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)
