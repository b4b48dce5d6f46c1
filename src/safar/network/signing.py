"""The node's signature: a hub can tell that a bundle comes from this node and that nobody has touched it since."""

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

_OWNER_ONLY = 0o600


def key_file() -> Path:
    """Return where the node keeps its secret: in the data folder, so that a backup holds it and a restored node stays itself."""
    return Path(settings.DATA_FOLDER) / "keys" / "node-ed25519.pem"


def node_key() -> Ed25519PrivateKey:
    """Return the node's key, made on first use. When two processes are first at once, the file that is there wins."""
    path = key_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} does not hold an Ed25519 key.")
    return key


def _write_once(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Written aside and linked into place: a reader never sees half a key, and an existing one is never replaced.
    aside = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY), "wb") as file:
        file.write(pem)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the public half in hexadecimal: what a hub is given to recognise this node."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def sign(content: str, key: Ed25519PrivateKey) -> str:
    return key.sign(content.encode()).hex()


def is_genuine(content: str, *, signature: str, public_key: str) -> bool:
    """Return whether the content was signed with the key whose public half this is, and not changed by one byte."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), content.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
