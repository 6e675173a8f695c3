"""What an installation of the service is told: where it listens, what it keeps, who may use it, and how much one check may take."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Limits", "Settings", "is_loopback"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one upload, one check and on all of them together; sizes in bytes, times in seconds."""

    upload: int = 64 << 20
    files: int = 200
    unpacked: int = 256 << 20
    memory: int = 1 << 30
    """Of one check, beyond what it shares with the others."""
    seconds: float = 300.0
    workers: int = 2
    waiting: int = 64
    link: float = 3600.0
    """How long a link to a result lives unless it is kept."""
    patience: float = 90.0
    """A check that nobody has asked about for so long is ended."""
    requests: int = 600
    """Of one address in a minute."""
    checks: int = 60
    """Of one address in a minute."""
    logins: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options of `guiju serve`. `auth` is `none`, `local` or `proxy`; `proxies` are addresses whose headers are believed."""

    host: str = "127.0.0.1"
    port: int = 8765
    store: str | None = None
    auth: str = "none"
    proxies: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Host names under which the service is reached, besides its own address."""
    folder: Path | None = None
    limits: Limits = Limits()
    environ: Mapping[str, str] = field(default_factory=dict)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
