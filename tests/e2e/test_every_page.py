"""Each page of each door is visited once and held to what no page may break."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.e2e import watching
from tests.e2e.conftest import PATIENCE
from tests.e2e.node import Node
from tests.e2e.pages import NO_PAGE, PAGES, TAKES_ONLY_POST, TRANSLATED, Page, addresses

NOT_WEIGHED = {"gallery": "shows everything at once, for developers"}
# Other words on the same page can be too long, too wide or of the wrong language; its colours and its focus are the same.
EVERY = [*PAGES, *(page for page in TRANSLATED if not page.is_public)]
# Colours are tokens of the design kit: the dark ones are looked at where all components stand, and on one page in four.
IN_THE_DARK = [page for place, page in enumerate(PAGES) if place % 4 == 0 or page.name == "gallery"]


def test_every_address_is_a_page_here_or_says_why_it_is_none() -> None:
    listed = {page.url_name for page in PAGES if page.url_name} | TAKES_ONLY_POST | set(NO_PAGE)
    known = set(addresses())
    assert sorted(known - listed) == [], "add these to tests/e2e/pages.py"
    assert sorted(listed - known) == [], "these are gone: take them out of tests/e2e/pages.py"


def test_no_page_has_two_pictures_of_one_name() -> None:
    names = [page.name for page in [*PAGES, *TRANSLATED]]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.fixture(scope="module")
def resting(
    chromium: Browser, node: Node, signed_in: Callable[[str], dict]
) -> Iterator[Callable[[str], watching.Watch]]:
    """Give a watched tab of somebody that goes from page to page, as theirs does."""
    watches: dict[str, watching.Watch] = {}

    def of(who: str) -> watching.Watch:
        if who not in watches:
            context = chromium.new_context(
                base_url=node.url,
                storage_state=signed_in(who) or None,
                viewport=watching.DESKTOP,
                locale="en-GB",
                reduced_motion="reduce",
            )
            context.set_default_timeout(PATIENCE)
            watches[who] = watching.Watch(context.new_page(), urlsplit(node.url).netloc)
        watches[who].again()
        return watches[who]

    yield of
    for watch in watches.values():
        watch.tab.context.close()


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.name)
def test_a_page_keeps_to_the_rules_of_every_page(
    entry: Page, page_of: Callable[..., Tab], resting: Callable, node: Node, speaks: Callable
) -> None:
    speaks(entry.who, entry.language)
    # A way clicks and types, and may end in a dialog or a sign-out: it gets a window of its own.
    watch = watching.Watch(page_of(entry.who), urlsplit(node.url).netloc) if entry.way else resting(entry.who)
    tab = watch.tab
    entry.open(tab, node)
    most = watching.MOST_BYTES_PUBLIC if entry.is_public else watching.MOST_BYTES_STAFF
    broken = [
        *([] if entry.name in NOT_WEIGHED else watch.weight(most)),
        *watching.structure(tab),
        *(watching.barriers(tab, "dark") if entry in IN_THE_DARK else []),
        *watching.barriers(tab, "light"),
        *([] if entry in TRANSLATED else watching.focus(tab)),
        *watching.at_320(tab),
        *watch.troubles,
    ]
    assert broken == [], "\n".join([f"{entry.name} {tab.url}", *broken])
