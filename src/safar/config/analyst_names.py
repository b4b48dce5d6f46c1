"""`safar names`: the science of names for analysts. Nothing here imports Django, so that it starts at once."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from safar.methods.names.births import read_birth
from safar.methods.names.evidence import PEOPLE, Part
from safar.methods.names.keys import VERSION, index_keys, skeleton, token_key
from safar.methods.names.keys import Part as NamePart
from safar.methods.names.matching import MATCH_FROM, Match, Named, match
from safar.methods.names.pairs import UnusableTableError, read_pairs, written
from safar.methods.names.parsing import parse_name
from safar.methods.names.phonemes import phonemes
from safar.methods.names.scripts import UnreadableScriptError, require_readable, script_of

UNUSABLE = 2
_PARTS: tuple[NamePart, ...] = ("family", "given", "patronymic")


def main(argv: Sequence[str]) -> int:
    """Run one of keys, explain and match; return the exit code."""
    options = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        return int(options.run(options))
    except (UnreadableScriptError, UnusableTableError, OSError) as error:
        print(f"names: {error}", file=sys.stderr)
    except UnicodeDecodeError:
        print("names: the file is not in UTF-8: save it as CSV UTF-8", file=sys.stderr)
    return UNUSABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="safar names", description="Names of Central Asia, compared across scripts and spellings."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    keys = commands.add_parser("keys", help="how a name is parsed, and the keys it is found by")
    keys.add_argument("text", nargs="+")
    keys.set_defaults(run=_keys)
    explain = commands.add_parser("explain", help="how alike two names are, part by part, in bits")
    explain.add_argument("left", metavar="A")
    explain.add_argument("right", metavar="B")
    for side in ("1", "2"):
        explain.add_argument(f"--dob{side}", default="", help="1985-03-07, 07.03.1985 or 1985")
        explain.add_argument(f"--sex{side}", default="", choices=("", "female", "male"))
    explain.set_defaults(run=_explain)
    pairs = commands.add_parser("match", help="score the pairs of a table with columns name1 and name2")
    pairs.add_argument(
        "file", type=Path, metavar="PAIRS.csv", help="may have sex1, sex2, dob1, dob2; - reads standard input"
    )
    pairs.add_argument("--out", type=Path, help="where to write instead of standard output")
    pairs.add_argument("--threshold", type=float, default=MATCH_FROM, help="score from which match is 1 (%(default)s)")
    pairs.set_defaults(run=_match)
    return parser


def _keys(options: argparse.Namespace) -> int:
    text = require_readable(" ".join(options.text))
    parsed = parse_name(text)
    print(f"script {script_of(text) or 'none'}, rules {VERSION}")
    rows = [("part", "written", "sounds", "key", "skeleton")]
    for part in _PARTS:
        joined = getattr(parsed, part).replace(" ", "")
        if joined:
            rows.append((part, getattr(parsed, part), phonemes(joined), token_key(joined, part), skeleton(joined)))
    _print_table(rows)
    print("index keys", *index_keys(parsed.family, parsed.given, parsed.patronymic))
    return 0


def _explain(options: argparse.Namespace) -> int:
    try:
        births = read_birth(options.dob1), read_birth(options.dob2)
    except ValueError as error:
        print(f"names: {error}", file=sys.stderr)
        return UNUSABLE
    left = Named(require_readable(options.left), options.sex1, births[0])
    right = Named(require_readable(options.right), options.sex2, births[1])
    found = match(left, right)
    rows = [("part", "level", options.left, options.right, "bits")]
    rows += [(part.name, part.level, part.left, part.right, f"{part.bits:+.2f}") for part in found.evidence.parts]
    rows.append(("sum", "", "", "", f"{found.evidence.bits:+.2f}"))
    _print_table(rows)
    print(_sentence(found))
    return 0


def _sentence(found: Match) -> str:
    """Say in one sentence what the table means."""
    odds = "one person" if found.is_match else "not shown to be one person"
    because = "; ".join(_reason(part) for part in found.evidence.parts) or "nothing to compare"
    guards = {"given": "the given names are two names", "birth": "the dates of birth contradict each other"}
    but = "".join(f" But {guards[each]}, which nothing outweighs." for each in found.evidence.contradictions)
    return (
        f"{odds.capitalize()} (score {found.score:.3f}, match from {MATCH_FROM}): {because}.{but}\n"
        f"Among {PEOPLE:,} people the evidence makes it {found.evidence.probability:.4f} probable; a bit doubles the odds."
    )


def _reason(part: Part) -> str:
    return f"{part.name} {part.level.replace('_', ' ')}"


def _match(options: argparse.Namespace) -> int:
    text = sys.stdin.read() if str(options.file) == "-" else options.file.read_text(encoding="utf-8")
    pairs = read_pairs(text)
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as out:
            out.writelines(written(pairs, options.threshold))
    else:
        sys.stdout.writelines(written(pairs, options.threshold))
        sys.stdout.flush()
    for problem in pairs.problems:
        print(f"names: {problem}", file=sys.stderr)
    return 0


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip())
