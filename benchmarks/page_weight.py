"""What the key pages weigh on the wire: served by granian from collected, compressed files, opened in headless Chromium.

First load is with an empty cache, repeat load is the same page again in the same browser. Bytes are what travelled,
headers included. Usage: page_weight.py [--demo FOLDER] (a folder with a built demo; without it one is built).
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.e2e import node as nodes
from tests.e2e.node import PASSWORD, Node

PUBLIC = ["/uz/", "/ru/", "/en/centres/", "/en/sessions/", "/en/guide/kr/", "/en/ask/"]
STAFF = [
    "/desk/", "/desk/people/", "/desk/people/new/", "/desk/counselling/new-contact/", "/desk/sessions/",
    "/desk/campaigns/", "/desk/figures/",
]  # fmt: skip
PATIENCE = 120_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--demo", type=Path)
    built: Path | None = options.parse_args().demo
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("Chromium is not installed. On Debian: apt install chromium")
    with tempfile.TemporaryDirectory() as folder:
        data = nodes.copy(built, Path(folder) / "data") if built else nodes.build(Path(folder) / "data")
        with Node(data) as node, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            measure(browser, node)
            browser.close()


def measure(browser: Browser, node: Node) -> None:
    print(f"{'page':<34}{'first load':>22}{'of it the page':>16}{'repeat load':>22}")
    for address in PUBLIC:
        row(browser, node, address)
    for address in STAFF:
        row(browser, node, address, who="coordinator")


def row(browser: Browser, node: Node, address: str, who: str = "") -> None:
    """Print one page; each is opened in a browser that has kept nothing but who is signed in."""
    state = signed_in(browser, node, who) if who else None
    context = browser.new_context(base_url=node.url, storage_state=state)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    first, repeat = load(page, address), load(page, address)
    context.close()
    cells = [f"{total:,} B in {count} requests" for total, count, _ in (first, repeat)]
    print(f"{address:<34}{cells[0]:>22}{first[2]:>14,} B{cells[1]:>24}")


def load(page: Page, address: str) -> tuple[int, int, int]:
    """Return bytes received, requests that reached the server, and the bytes of the document itself."""
    received: dict[str, int] = {}
    kept: set[str] = set()
    documents: list[str] = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.requestServedFromCache", lambda event: kept.add(event["requestId"]))
    devtools.on(
        "Network.responseReceived",
        lambda event: documents.append(event["requestId"]) if event["type"] == "Document" else None,
    )
    devtools.on(
        "Network.loadingFinished",
        lambda event: received.__setitem__(event["requestId"], int(event["encodedDataLength"])),
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    devtools.detach()
    travelled = {key: size for key, size in received.items() if size and key not in kept}
    return sum(travelled.values()), len(travelled), sum(received.get(key, 0) for key in documents)


def signed_in(browser: Browser, node: Node, who: str) -> dict:
    context = browser.new_context(base_url=node.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/desk/account/login/")
    page.fill("input[name=login]", f"{who}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_navigation():
        page.press("input[name=password]", "Enter")
    state = context.storage_state()
    context.close()
    return state


if __name__ == "__main__":
    main()
