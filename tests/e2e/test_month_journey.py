"""The month's report: a figure opens to why it is so, and the frozen files all carry the same check value."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.e2e import ways
from tests.e2e.node import Node


def test_a_figure_opens_to_its_definition_and_its_rows(page_of: Callable[..., Page], node: Node) -> None:
    page = page_of("coordinator")
    ways.month(page, node)
    page.locator("main a[href*='/indicators/contacts/']").first.click()
    page.wait_for_url("**/indicators/contacts/**")
    assert page.locator("h1").count() == 1
    page.locator("main a[href*='/rows/']").first.click()
    page.wait_for_url("**/rows/**")
    assert page.locator("main table tbody tr").count() > 0


def test_the_three_files_of_a_frozen_month_open_and_name_its_hash(page_of: Callable[..., Page], node: Node) -> None:
    """The month was frozen by the coordinator when the node was furnished; Word, Excel and PDF come from that one run."""
    page = page_of("coordinator")
    run, digest = node.id("SELECT id FROM insights_monthrun"), str(node.one("SELECT sha256 FROM insights_monthrun"))
    page.goto(f"/desk/figures/runs/{run}/")
    assert digest in page.locator("main").inner_text()
    files = {ending: download(page, name) for ending, name in (("docx", "Word"), ("xlsx", "Excel"), ("pdf", "PDF"))}
    workbook = load_workbook(io.BytesIO(files["xlsx"]), read_only=True)
    cells = {str(cell) for sheet in workbook for line in sheet.iter_rows(values_only=True) for cell in line if cell}
    assert any(digest in cell for cell in cells)
    assert digest[:12] in word_text(files["docx"])
    assert files["pdf"].startswith(b"%PDF-")


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.locator("main form button", has_text=name).first.click()
    path = waiting.value.path()
    content: bytes = path.read_bytes()
    page.reload()
    return content


def word_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
