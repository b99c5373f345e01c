"""The installation's Ed25519 key: made once, private to its owner, and shown by its fingerprint."""

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from monitor.evidence.sealed_zip import WrongFile
from storage.private_files import open_private, private_folder

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_NAME: Final = "evidence.key"
INSTALL: Final = "pip install 'wpswatch[evidence]'"


class MissingExtra(WrongFile):
    """What signs or writes evidence is not installed."""

    def __init__(self, module: str) -> None:
        super().__init__(f"expected the package {module}, found it not installed: {INSTALL}")


def make_key(data: Path) -> "Ed25519PrivateKey":
    """Make the key of a data folder; raises WrongFile when it has one."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    except ModuleNotFoundError as error:
        raise MissingExtra("cryptography") from error
    path = data / KEY_NAME
    private_folder(data)
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(open_private(part, os.O_WRONLY | os.O_TRUNC), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, path)  # unlike a rename it never replaces a key that another process has just made
    except FileExistsError as error:
        raise WrongFile(
            f"expected no key, found one at {path}; move it away first, and keep it: it signed earlier evidence"
        ) from error
    finally:
        part.unlink(missing_ok=True)  # a full disk leaves no half of a key
    return key


def load_key(data: Path) -> "Ed25519PrivateKey":
    """The key of a data folder.

    Raises:
        WrongFile: there is none, others can read it, or it is no Ed25519 key.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ModuleNotFoundError as error:
        raise MissingExtra("cryptography") from error
    path = data / KEY_NAME
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise WrongFile(f"expected a key to sign with, found none at {path}; make one: wpswatch key --new") from error
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
            raise WrongFile(
                f"expected a key that only its owner can read, found that others can at {path}; chmod 600 '{path}', "
                "and if somebody may have copied it move it away and make another: wpswatch key --new"
            )
        content = file.read(10_000)
    try:
        key = load_pem_private_key(content, None)
    except (ValueError, TypeError) as error:
        raise WrongFile(f"expected an Ed25519 key, found something else at {path}; restore it from a backup") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongFile(f"expected an Ed25519 key, found another kind at {path}; restore it from a backup")
    return key


def public_pem(key: "Ed25519PublicKey") -> bytes:
    """The public key as openssl reads it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public(pem: bytes) -> "Ed25519PublicKey":
    """The public key in a file; raises WrongFile when it is none."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ModuleNotFoundError as error:
        raise MissingExtra("cryptography") from error
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError) as error:
        raise WrongFile("expected an Ed25519 public key, found something else") from error
    if not isinstance(key, Ed25519PublicKey):
        raise WrongFile("expected an Ed25519 public key, found another kind")
    return key


def fingerprint(key: "Ed25519PublicKey") -> str:
    """The SHA-256 of the public key in DER: `openssl pkey -pubin -in public-key.pem -outform DER | sha256sum`."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
