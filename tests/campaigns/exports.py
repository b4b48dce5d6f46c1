"""Makes exports as platforms and Excel write them, from the samples' columns."""

import csv
import io
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
INSTAGRAM = [
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)", "Publish time", "Permalink",
    "Post type", "Data comment", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves",
]  # fmt: skip
ROW = dict(
    zip(
        INSTAGRAM,
        ["18000000000000123", "17840000000000001", "synthetic_mrc", "SYNTHETIC MRC", "Check the licence", "0",
         "03/22/2026 09:12", "https://www.instagram.com/p/AAA/", "IG reel", "", "Lifetime", "18,400", "8295", "60", "59",
         "0", "15", "48"],
        strict=True,
    )
)  # fmt: skip


def sample(name: str) -> bytes:
    return (SAMPLES / f"synthetic_{name}_posts.csv").read_bytes()


def row(**cells: str) -> dict[str, str]:
    """Give an Instagram row; `Post_ID="…"` names the column `Post ID`."""
    return ROW | {name.replace("_", " "): value for name, value in cells.items()}


def instagram(
    *rows: dict[str, str],
    header: list[str] | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8-sig",
    sep: bool = False,
) -> bytes:
    """Write an Instagram posts export; a row may lack columns of the header."""
    header = header or INSTAGRAM
    text = io.StringIO(newline="")
    if sep:
        text.write(f"sep={delimiter}\r\n")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([one.get(name, "") for name in header] for one in rows)
    return text.getvalue().encode(encoding)
