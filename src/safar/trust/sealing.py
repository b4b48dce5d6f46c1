"""The envelope around a sealed note: a data key for each note, itself wrapped by a key that lies outside the database.

AES-256-GCM of `cryptography` for both. What a note belongs to is authenticated with it, so that ciphertext copied to another
person's row, or relabelled, does not open. Pure: no Django, no file, no clock.
"""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12


class CannotOpenError(RuntimeError):
    """The key that wrapped a note is not here, or the note was tampered with."""


@dataclass(frozen=True, slots=True)
class Key:
    """A wrapping key and the name under which notes remember it."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return hashlib.sha256(b"safar sealed key:" + self.secret).hexdigest()[:16]

    @property
    def line(self) -> str:
        """The key as one line of the key file."""
        return base64.urlsafe_b64encode(self.secret).decode("ascii")


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of the compartment: the first one wraps, the others only open what they wrapped before."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        return self.keys[0]

    def named(self, key_id: str) -> Key:
        for key in self.keys:
            if secrets.compare_digest(key.id, key_id):
                return key
        raise CannotOpenError(f"The key {key_id} is not in the key file.")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the database keeps of a note."""

    key_id: str
    wrapped_key: bytes
    nonce: bytes
    ciphertext: bytes


def new_key() -> Key:
    return Key(secrets.token_bytes(KEY_BYTES))


def read_keyring(text: str) -> Keyring:
    """Read a key file: one key a line, the one in use first; lines that begin with # are notes. Raises ValueError."""
    lines = [line.strip() for line in text.splitlines()]
    keys = tuple(_read_key(line) for line in lines if line and not line.startswith("#"))
    if not keys:
        raise ValueError("The key file holds no key.")
    return Keyring(keys)


def written(keys: Iterable[Key]) -> str:
    """Return the key file that holds these keys."""
    head = "# Opens the sealed notes. Two copies, at two places, never beside a backup. Lost key: lost notes.\n"
    return head + "".join(f"{key.line}\n" for key in keys)


def seal(text: str, *, bound_to: bytes, ring: Keyring) -> Envelope:
    """Encrypt a text under a fresh data key; it opens only with the same `bound_to`."""
    data_key = secrets.token_bytes(KEY_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    ciphertext = AESGCM(data_key).encrypt(nonce, text.encode("utf-8"), bound_to)
    return Envelope(ring.current.id, _wrap(data_key, ring.current, bound_to), nonce, ciphertext)


def unseal(envelope: Envelope, *, bound_to: bytes, ring: Keyring) -> str:
    """Return the text; raises CannotOpenError when the key is missing or anything was changed."""
    data_key = _unwrap(envelope, bound_to, ring)
    try:
        return AESGCM(data_key).decrypt(envelope.nonce, envelope.ciphertext, bound_to).decode("utf-8")
    except InvalidTag as error:
        raise CannotOpenError("The note was changed, or belongs to something else.") from error


def rewrap(envelope: Envelope, *, bound_to: bytes, ring: Keyring) -> Envelope:
    """Wrap the data key with the key now in use; the text itself is not touched."""
    data_key = _unwrap(envelope, bound_to, ring)
    wrapped = _wrap(data_key, ring.current, bound_to)
    return Envelope(ring.current.id, wrapped, envelope.nonce, envelope.ciphertext)


def _wrap(data_key: bytes, key: Key, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key.secret).encrypt(nonce, data_key, b"key " + bound_to)


def _unwrap(envelope: Envelope, bound_to: bytes, ring: Keyring) -> bytes:
    key = ring.named(envelope.key_id)
    nonce, wrapped = envelope.wrapped_key[:NONCE_BYTES], envelope.wrapped_key[NONCE_BYTES:]
    try:
        return AESGCM(key.secret).decrypt(nonce, wrapped, b"key " + bound_to)
    except InvalidTag as error:
        raise CannotOpenError("The note's key was changed, or belongs to something else.") from error


def _read_key(line: str) -> Key:
    try:
        secret = base64.b64decode(line, altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("A line of the key file is not a key.") from error
    if len(secret) != KEY_BYTES:
        raise ValueError("A key of the key file has the wrong length.")
    return Key(secret)
