"""Workbooks of instruments and the files they name, as they came."""

from safar.kernel.kept_files import KeptFiles

_INSTRUMENTS = KeptFiles("instruments")
keep, content_of = _INSTRUMENTS.keep, _INSTRUMENTS.content_of
