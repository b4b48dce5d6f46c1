"""Each page of each door is visited once and held to what no page may break."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab

from tests.e2e import watching
from tests.e2e.node import Node
from tests.e2e.pages import NO_PAGE, PAGES, TAKES_ONLY_POST, TRANSLATED, Page, addresses

NOT_WEIGHED = {"gallery": "shows everything at once, for developers"}
# Other words on the same page can be too long, too wide or of the wrong language; its colours and its focus are the same.
EVERY = [*PAGES, *(page for page in TRANSLATED if not page.is_public)]


def test_every_address_is_a_page_here_or_says_why_it_is_none() -> None:
    listed = {page.url_name for page in PAGES if page.url_name} | TAKES_ONLY_POST | set(NO_PAGE)
    known = set(addresses())
    assert sorted(known - listed) == [], "add these to tests/e2e/pages.py"
    assert sorted(listed - known) == [], "these are gone: take them out of tests/e2e/pages.py"


def test_no_page_has_two_pictures_of_one_name() -> None:
    names = [page.name for page in [*PAGES, *TRANSLATED]]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: entry.name)
def test_a_page_keeps_to_the_rules_of_every_page(
    entry: Page, page_of: Callable[..., Tab], node: Node, speaks: Callable
) -> None:
    speaks(entry.who, entry.language)
    tab = page_of(entry.who)
    watch = watching.Watch(tab, urlsplit(node.url).netloc)
    entry.open(tab, node)
    most = watching.MOST_BYTES_PUBLIC if entry.is_public else watching.MOST_BYTES_STAFF
    broken = [
        *([] if entry.name in NOT_WEIGHED else watch.weight(most)),
        *watching.structure(tab),
        *([] if entry in TRANSLATED else watching.barriers(tab, "dark")),
        *watching.barriers(tab, "light"),
        *([] if entry in TRANSLATED else watching.focus(tab)),
        *watching.at_320(tab),
        *watch.troubles,
    ]
    assert broken == [], "\n".join([f"{entry.name} {tab.url}", *broken])
