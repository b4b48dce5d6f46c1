"""The documents as files, and what stands in them."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import safar

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
DOCS = ROOT / "docs"
PACKAGE = Path(safar.__file__).parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def links(path: Path) -> Iterator[str]:
    """Yield every link and picture outside code."""
    yield from _LINK.findall(_FENCE.sub("", text(path)))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document: its headings as a browser's address names them, and those set by hand."""
    plain = _FENCE.sub("", text(path))
    headings = re.findall(r"^#+ (.+)$", plain, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)">', plain))


def rows(path: Path) -> list[list[str]]:
    """Return the cells of every table row."""
    lines = [line for line in text(path).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def generator() -> ModuleType:
    """Return docs/generate.py, which is a script and no part of the package."""
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
