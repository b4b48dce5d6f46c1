"""What a channel must be able to do, and which channels this installation has."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from safar.messaging import channels


class ChannelError(RuntimeError):
    """The channel did not take the message; the text says why, without the address."""


class Deliver(Protocol):
    def __call__(self, *, address: str, subject: str, body: str) -> None:
        """Hand the message over; raise ChannelError when it was not taken."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a person: its code is the kind of contact point it writes to."""

    code: str
    label: str
    deliver: Deliver


@cache
def installed() -> dict[str, Channel]:
    """Return the channels by code."""
    found = {}
    for module in iter_modules(channels.__path__):
        if module.ispkg:
            channel: Channel = import_module(f"safar.messaging.channels.{module.name}.channel").CHANNEL
            found[channel.code] = channel
    return found
