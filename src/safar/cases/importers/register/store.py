"""The registers that were handed in, as they came."""

from safar.kernel.kept_files import KeptFiles

MOST_BYTES = 20 * 1024 * 1024

_REGISTERS = KeptFiles("registers", ending=".xlsx")
folder, keep, content_of, discard = _REGISTERS.folder, _REGISTERS.keep, _REGISTERS.content_of, _REGISTERS.discard
