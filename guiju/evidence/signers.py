"""The ways in which a manifest can be signed, one row a way; the only importer of `cryptography`.

A further algorithm, such as SM2 of 国密 (GB/T 32918), is one more row: it makes keys, signs bytes and checks signatures.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["SIGNERS", "KeyFault", "Signer", "public_of", "signer_of"]


class KeyFault(ValueError):
    """The bytes are no key that any row of the table can use; the caller that read them says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One algorithm. Keys are PEM: PKCS #8 for private ones, SubjectPublicKeyInfo for public ones, as other tools write them."""

    id: str
    generate: Callable[[], bytes]
    owns: Callable[[object], bool]
    public: Callable[[bytes], bytes]
    sign: Callable[[bytes, bytes], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return signer_of(private).public(private)


def signer_of(pem: bytes) -> Signer:
    """The row that can use a private or public key."""
    key = _key(pem)
    for signer in SIGNERS.values():
        if signer.owns(key):
            return signer
    raise KeyFault("of no known algorithm")


def _key(pem: bytes) -> object:
    try:
        if b"PRIVATE KEY" in pem:
            return serialization.load_pem_private_key(pem, password=None)
        return serialization.load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFault(str(error)) from None


def _private(pem: bytes) -> Ed25519PrivateKey:
    key = _key(pem)
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFault("no private key of Ed25519")
    return key


def _generate() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _public(pem: bytes) -> bytes:
    return _private(pem).public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _sign(pem: bytes, message: bytes) -> bytes:
    return _private(pem).sign(message)


def _verify(pem: bytes, signature: bytes, message: bytes) -> bool:
    key = _key(pem)
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


SIGNERS: dict[str, Signer] = {
    "ed25519": Signer(
        id="ed25519",
        generate=_generate,
        owns=lambda key: isinstance(key, Ed25519PrivateKey | Ed25519PublicKey),
        public=_public,
        sign=_sign,
        verify=_verify,
    ),
}
