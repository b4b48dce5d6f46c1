"""The one entry: bytes in, posts and refused rows out."""

from functools import cache
from importlib import import_module

from safar.campaigns.importers.columns import column_sets, recognise
from safar.campaigns.importers.posts import ParsedFile, Parser, parse
from safar.campaigns.importers.problems import FileProblem
from safar.campaigns.importers.reading import read_sheet


@cache
def parsers() -> dict[str, Parser]:
    """Return the parser of each folder by the kind of file it reads."""
    modules = (import_module(f"{__package__}.{columns.kind}.parser") for columns in column_sets())
    return {module.PARSER.kind: module.PARSER for module in modules}


def read(content: bytes) -> ParsedFile:
    """Recognise and read an export; raises FileProblem when the file as a whole cannot be taken."""
    sheet = read_sheet(content)
    columns = recognise(sheet.header)
    if not sheet.rows:
        raise FileProblem("no_rows", kind=columns.kind)
    return parse(sheet, columns, parsers()[columns.kind])
