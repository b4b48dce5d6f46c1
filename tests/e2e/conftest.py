"""The browser, the demo node and the people who sit in front of it.

Playwright keeps an event loop in the thread that started it, and Django refuses the database to a thread with one. So the
node runs in a process of its own, its database is read as a file, and the browser is closed when the last journey is over.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_socket import enable_socket

from tests.e2e import node as nodes
from tests.e2e import ways
from tests.e2e.furnishing import furnish
from tests.e2e.node import Node
from tests.e2e.watching import DESKTOP

HERE = Path(__file__).parent
# Each opens over a hundred pages: CI runs them in a step of their own, `./safar test` leaves them out and says so.
SWEEPS = {"test_every_page.py"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none", "--disable-lcd-text",
]  # fmt: skip
WITHOUT = "SAFAR_WITHOUT_BROWSER"
# While writing journeys: a folder that keeps the built demo for the next run. Delete it when the demo or a model changes.
KEPT = "SAFAR_KEEP_DEMO"
REMEDY = (
    "Chromium is not installed, and the journeys need it. On Debian or Ubuntu: `apt install chromium`. "
    f"To pass the rest of the tests without them: {WITHOUT}=1."
)
# Only how long to wait before giving up: machines that run tests are often busy with others.
PATIENCE = 30_000
PHONE = {"width": 375, "height": 740}
_skipped: set[str] = set()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys share one worker and with it one browser and one demo; every test of this folder is one.

    The sweep is long: its pages go to two workers, each with a browser and a demo of its own.
    """
    for place, item in enumerate(items):
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.path.name in SWEEPS:
                item.add_marker(pytest.mark.sweep)
        if item.get_closest_marker("browser"):
            group = f"sweep {place % 2}" if item.get_closest_marker("sweep") else "browser"
            item.add_marker(pytest.mark.xdist_group(group))
            if without_browser():
                item.add_marker(pytest.mark.skip(reason=f"{WITHOUT}=1"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and without_browser() and "browser" in report.keywords:
        _skipped.add(report.nodeid)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was left out, so that nobody takes a short run for a whole one."""
    if _skipped:
        text = f"{len(_skipped)} journeys in the browser were NOT run because {WITHOUT}=1."
        terminalreporter.write_line(text, red=True, bold=True)


def without_browser() -> bool:
    return os.environ.get(WITHOUT) == "1"


def chromium_path() -> str:
    return os.environ.get("SAFAR_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    if not path:
        pytest.fail(REMEDY, pytrace=False)
    enable_socket()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Path:
    """Build the demo once and add by hand what pages need and it lacks; modules work on copies."""
    enable_socket()
    kept = os.environ.get(KEPT)
    folder = Path(kept) if kept else tmp_path_factory.mktemp("demo") / "built"
    if kept and folder.exists():
        return folder
    nodes.build(folder)
    with Node(folder) as running:
        furnish(chromium, running)
    return folder


@pytest.fixture(scope="module")
def node(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    enable_socket()
    with Node(nodes.copy(built, tmp_path_factory.mktemp("node") / "data")) as running:
        yield running


Opens = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, node: Node) -> Callable[[str], dict]:
    """Give the cookies of somebody who signed in once: `signed_in("counsellor")`; an empty name is a visitor."""
    kept: dict[str, dict] = {"": {}}

    def state(who: str) -> dict:
        if who not in kept:
            context = chromium.new_context(base_url=node.url, locale="en-GB")
            context.set_default_timeout(PATIENCE)
            ways.type_login(context.new_page(), who)
            kept[who] = context.storage_state()
            context.close()
        return kept[who]

    return state


@pytest.fixture
def opens(chromium: Browser, node: Node, signed_in: Callable[[str], dict]) -> Iterator[Opens]:
    """Open a browser window of somebody: `opens("counsellor", viewport=PHONE)`."""
    open_ones: list[BrowserContext] = []

    def window(who: str = "", **options) -> BrowserContext:
        options = {"viewport": DESKTOP, "locale": "en-GB", "reduced_motion": "reduce", **options}
        state = signed_in(who) or None
        context = chromium.new_context(base_url=node.url, storage_state=state, **options)
        context.set_default_timeout(PATIENCE)
        open_ones.append(context)
        return context

    yield window
    for context in open_ones:
        context.close()


@pytest.fixture
def page_of(opens: Opens) -> Callable[..., Page]:
    """Open one page as somebody: `page_of("counsellor")`."""
    return lambda who="", **options: opens(who, **options).new_page()


@pytest.fixture
def speaks(node: Node, chromium: Browser, signed_in: Callable[[str], dict]) -> Iterator[Callable[[str, str], None]]:
    """Set the language of a member of staff for one test, from the menu of the desk as they would."""
    changed: list[str] = []

    def choose(who: str, language: str) -> None:
        context = chromium.new_context(base_url=node.url, storage_state=signed_in(who))
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto("/desk/office/me/")
        page.locator("main select[name=language], main input[name=language][value='" + language + "']").first.wait_for()
        if page.locator("main select[name=language]").count():
            page.locator("main select[name=language]").select_option(language)
        else:
            page.locator(f"main input[name=language][value='{language}']").check(force=True)
        ways.press(page)
        context.close()

    def set_language(who: str, language: str) -> None:
        if who and language != "en":
            changed.append(who)
            choose(who, language)

    yield set_language
    for who in changed:
        choose(who, "en")
