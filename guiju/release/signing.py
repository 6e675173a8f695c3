"""Signatures over the manifest of a sealed file of rules; the keys are those of evidence packs."""

import hashlib

from guiju.evidence.archive import read_archive, write_archive
from guiju.evidence.signers import KeyFault, public_of, signer_of
from guiju.release.bundle import MANIFEST, SIGNATURES, open_bundle

__all__ = ["is_signed_by", "signed"]


def signed(data: bytes, private: bytes) -> bytes:
    """The file with one more signature over its manifest. Raises KeyFault, BundleFault."""
    open_bundle(data)
    held = read_archive(data)
    key = public_of(private)
    held[SIGNATURES + _key_id(key)] = signer_of(private).sign(private, held[MANIFEST])
    return write_archive(held)


def is_signed_by(data: bytes, public: bytes) -> bool:
    """Whether the holder of a key signed the file as it is. Raises KeyFault, BundleFault."""
    bundle = open_bundle(data)
    signature = bundle.signatures.get(_key_id(public))
    manifest = read_archive(data)[MANIFEST]
    return signature is not None and signer_of(public).verify(public, signature, manifest)


def _key_id(public: bytes) -> str:
    if b"PUBLIC KEY" not in public:
        raise KeyFault("no public key")
    return hashlib.sha256(public.strip()).hexdigest()[:32]
