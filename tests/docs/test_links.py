import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.documents import DOCS, DOCUMENTS, PACKAGE, ROOT, anchors, links, name, text


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_link_and_picture_leads_somewhere(path: Path) -> None:
    lost = []
    for link in links(path):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_the_index_leads_to_every_page() -> None:
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "README.md")}
    pages = {path for path in DOCS.rglob("*.md") if path.parent.name != "adr" and path != DOCS / "README.md"}
    assert sorted(name(path) for path in pages - linked) == []


def test_the_index_marks_the_generated_pages_and_no_others() -> None:
    marked = [
        line.split("⚙")[:-1] for line in text(DOCS / "README.md").splitlines() if line.startswith("- ") and "⚙" in line
    ]
    named = {part.rsplit("](", 1)[1].split(")")[0] for parts in marked for part in parts}
    written = {
        name(path).removeprefix("docs/") for path in DOCS.rglob("*.md") if "Written by docs/generate.py" in text(path)
    }
    assert named == written


def is_there(named: str) -> bool:
    """Whether a path named in prose exists; `<country>` and `*` stand for any name, and the package may live in src."""
    pattern = re.sub(r"<[^>]*>", "*", named.rstrip("/"))
    return any(any(root.glob(pattern)) for root in (ROOT, PACKAGE.parent))


@pytest.mark.parametrize("path", DOCUMENTS, ids=name)
def test_every_path_named_exists(path: Path) -> None:
    named = re.findall(r"`((?:src/safar|safar|tests|docs|benchmarks)/[^\s`]*)`", text(path))
    # <word> and <who> stand for folders a contributor chooses.
    patterns = {one for one in named if "<word>" not in one and "<who>" not in one}
    assert sorted(one for one in patterns if not is_there(one)) == []
