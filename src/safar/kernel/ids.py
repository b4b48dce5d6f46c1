"""Identifiers that any device can make without asking a server, and that sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a fresh UUIDv7: unguessable enough for keys, ordered enough for B-trees."""
    return uuid7()
