"""The registers of agencies that were handed in, as they came."""

from safar.kernel.kept_files import KeptFiles

_AGENCIES = KeptFiles("agencies")
keep, content_of, discard = _AGENCIES.keep, _AGENCIES.content_of, _AGENCIES.discard
