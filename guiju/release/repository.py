"""A repository of The Update Framework in a folder: four roles with keys of their own, kept off line, and days on which they expire."""

import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlparse

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp
from tuf.ngclient import FetcherInterface, Updater

from guiju.release.bundle import BundleFault, open_bundle
from guiju.terms.tongue import Both

__all__ = ["ROLES", "TARGET", "UpdateFault", "new_keys", "publish", "update"]

ROLES = ("root", "targets", "snapshot", "timestamp")
TARGET = "rules.gjr"
_DAYS = {"root": 365, "targets": 365, "snapshot": 30, "timestamp": 30}


class UpdateFault(Exception):
    """The newer rules cannot be taken; `words` is the sentence to say, and those in use stay in use."""

    def __init__(self, words: Both) -> None:
        super().__init__(words.en)
        self.words = words


def new_keys() -> dict[str, bytes]:
    """A private key for each role, in PEM."""
    return {role: CryptoSigner.generate_ed25519().private_bytes for role in ROLES}


def _signers(keys: Mapping[str, bytes]) -> dict[str, CryptoSigner]:
    try:
        return {role: CryptoSigner(load_pem_private_key(keys[role], None)) for role in ROLES}
    except (KeyError, ValueError, TypeError) as fault:
        raise UpdateFault(Both("缺少某个角色的私钥，或者它不是私钥", "the private key of a role is missing, or is none")) from fault


def publish(bundle: bytes, repository: Path, keys: Mapping[str, bytes], *, now: datetime, days: int | None = None) -> int:
    """Puts a bundle into the repository and gives its number there; a repository that is empty is begun. Raises UpdateFault.

    The metadata that names all other is written last: whoever reads while this runs sees the release before.
    """
    signers = _signers(keys)
    metadata = repository / "metadata"
    number = _last(metadata) + 1

    def expiry(role: str) -> datetime:
        return (now + timedelta(days=_DAYS[role] if days is None else days)).replace(microsecond=0)

    root_file = metadata / "1.root.json"
    written: list[tuple[Path, bytes]] = []
    if not root_file.exists():
        root = Root(expires=expiry("root"), consistent_snapshot=True)
        for role, signer in signers.items():
            root.add_key(signer.public_key, role)
        written.append((root_file, _signed(Metadata(root), signers["root"])))
    elif not _holds(root_file, signers):
        raise UpdateFault(Both("这些私钥不是这个仓库的", "these keys are not those of this repository"))
    target = TargetFile.from_data(TARGET, bundle, ["sha256"])
    targets = _signed(Metadata(Targets(version=number, expires=expiry("targets"), targets={TARGET: target})), signers["targets"])
    meta = {"targets.json": MetaFile.from_data(number, targets, ["sha256"])}
    snapshot = _signed(Metadata(Snapshot(version=number, expires=expiry("snapshot"), meta=meta)), signers["snapshot"])
    held = MetaFile.from_data(number, snapshot, ["sha256"])
    timestamp = _signed(Metadata(Timestamp(version=number, expires=expiry("timestamp"), snapshot_meta=held)), signers["timestamp"])
    written += [
        (repository / "targets" / f"{target.hashes['sha256']}.{TARGET}", bundle),
        (metadata / f"{number}.targets.json", targets),
        (metadata / f"{number}.snapshot.json", snapshot),
        (metadata / "timestamp.json", timestamp),
    ]
    for path, data in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    return number


def _signed(metadata: "Metadata[Root] | Metadata[Targets] | Metadata[Snapshot] | Metadata[Timestamp]", signer: CryptoSigner) -> bytes:
    metadata.sign(signer)
    return metadata.to_bytes()


def _holds(root_file: Path, signers: Mapping[str, CryptoSigner]) -> bool:
    root: Metadata[Root] = Metadata.from_bytes(root_file.read_bytes())
    return all(signers[role].public_key.keyid in root.signed.roles[role].keyids for role in ROLES)


def _last(metadata: Path) -> int:
    try:
        last: Metadata[Timestamp] = Metadata.from_bytes((metadata / "timestamp.json").read_bytes())
    except FileNotFoundError:
        return 0
    return int(last.signed.version)


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)


# ---- taking a release --------------------------------------------------------------------------------------------------------


class _Folder(FetcherInterface):
    """Fetches from a folder by file: URLs."""

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            yield Path(unquote(urlparse(url).path)).read_bytes()
        except OSError as fault:
            raise DownloadHTTPError(str(fault), 404) from fault


def update(source: str, state: Path, trusted_root: bytes | None) -> Path:
    """Takes the newest release of a folder or of an http server, where it verifies; the file that is in use from now on.

    `state` keeps what was trusted, so that nothing older is ever taken. Raises UpdateFault; then all is as it was.
    """
    is_remote = source.startswith(("http://", "https://"))
    base = source.rstrip("/") if is_remote else Path(source).resolve().as_uri()
    metadata = state / "metadata"
    if not (metadata / "root.json").exists() and trusted_root is None:
        raise UpdateFault(
            Both("第一次更新要用 --root 给出发布者的 root.json", "the first update needs the publisher's root.json: give it by --root")
        )
    metadata.mkdir(parents=True, exist_ok=True)
    in_use = state / TARGET
    with TemporaryDirectory(dir=state) as part:
        try:
            updater = Updater(
                str(metadata),
                f"{base}/metadata/",
                part,
                f"{base}/targets/",
                None if is_remote else _Folder(),
                bootstrap=trusted_root,
            )
            updater.refresh()
            info = updater.get_targetinfo(TARGET)
            if info is None:
                raise UpdateFault(Both("那里没有发布过规则", "no rules were released there"))
            taken = Path(updater.download_target(info))
            open_bundle(taken.read_bytes())
        except (RepositoryError, DownloadError, BundleFault, OSError, ValueError) as fault:
            raise UpdateFault(_why(fault)) from fault
        os.replace(taken, in_use)
    return in_use


def _why(fault: Exception) -> Both:
    match fault:
        case ExpiredMetadataError():
            return Both("那里的发布已经过期，不采用", "the release there has expired and is not taken")
        case BadVersionNumberError():
            return Both("那里的发布比在用的旧，不采用", "the release there is older than the one in use and is not taken")
        case UnsignedMetadataError():
            return Both("签名不是发布者的，不采用", "the signature is not the publisher's; nothing is taken")
        case LengthOrHashMismatchError():
            return Both("取到的文件与发布的不同，不采用", "the file is not the one that was released; nothing is taken")
        case BundleFault(words=words):
            return words
        case DownloadError() | OSError():
            return Both(f"取不到：{fault}", f"cannot be fetched: {fault}")
        case _:
            return Both(f"不能采用：{fault}", f"cannot be taken: {fault}")
