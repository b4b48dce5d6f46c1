"""What a page must keep to, whatever stands on it: checked in one visit and told all at once."""

from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, Request

DESKTOP = {"width": 1280, "height": 800}
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Light and dark are one page in other colours: in the dark only colours can be wrong anew.
COLOURS = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast"]}}
NARROW = {"width": 320, "height": 640}
AT_REST = 2000
MOST_REQUESTS = 15
MOST_BYTES_STAFF = 100_000
MOST_BYTES_PUBLIC = 50_000
FOCUSABLE_STOPS = 6
# The focused element must look different from itself unfocused, in outline, shadow, border or background.
FOCUS_IS_VISIBLE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "end";
  const look = (item) => { const s = getComputedStyle(item); return [s.outlineStyle !== "none" && s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor, s.textDecoration, s.clipPath, s.transform].join("|"); };
  const shown = one.matches("input[type='radio'], input[type='checkbox']") ? [one, one.closest("label"), one.nextElementSibling] : [one, one.parentElement];
  const held = shown.filter(Boolean);
  const focused = held.map(look).join();
  one.blur();
  const blurred = held.map(look).join();
  one.focus({focusVisible: true});
  const box = one.getBoundingClientRect();
  const name = one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") + (one.className ? "." + one.className : "");
  return focused === blurred ? `focus on ${name} cannot be seen` : "";
}"""


@dataclass
class Watch:
    """Listens to one tab; what counts are the requests since the last page was asked for."""

    tab: Page
    host: str
    troubles: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    transferred: int = 0
    _devtools: CDPSession | None = None

    def __post_init__(self) -> None:
        self.tab.on("console", lambda said: self._complain(said.text) if said.type in {"error", "warning"} else None)
        self.tab.on("pageerror", lambda error: self._complain(str(error)))
        self.tab.on("request", self._asked)
        self._devtools = self.tab.context.new_cdp_session(self.tab)
        self._devtools.send("Network.enable")
        self._devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._devtools.on("Network.loadingFinished", self._received)

    def again(self) -> None:
        """Forget what the page before did."""
        self.troubles.clear()
        self.tab.set_viewport_size(DESKTOP)

    def _complain(self, text: str) -> None:
        # Chromium writes the status of a page that is meant to be an error as if it were a fault of ours.
        if "the server responded with a status of" not in text:
            self.troubles.append(f"console: {text}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"data", "blob"}:
            return
        if address.netloc != self.host:
            self.troubles.append(f"asks another host: {request.url}")
        if request.is_navigation_request() and request.frame == self.tab.main_frame:
            self.requests.clear()
            self.transferred = 0
        self.requests.append(address.path)

    def _received(self, event: dict) -> None:
        self.transferred += int(event["encodedDataLength"])

    def weight(self, most_bytes: int) -> list[str]:
        found = []
        if len(self.requests) > MOST_REQUESTS:
            found.append(f"{len(self.requests)} requests, {MOST_REQUESTS} are allowed: {self.requests}")
        if self.transferred > most_bytes:
            found.append(f"{self.transferred} bytes travel, {most_bytes} are allowed")
        return found


def structure(tab: Page) -> list[str]:
    found = []
    if (headings := tab.locator("h1").count()) != 1:
        found.append(f"{headings} headings of the first level")
    if not tab.locator("html").get_attribute("lang"):
        found.append("no language on the page")
    if not tab.title().removesuffix("Safar").strip(" ·"):
        found.append("the page has no title of its own")
    return found


def focus(tab: Page) -> list[str]:
    """Walk the first stops of the Tab key; each must be seen."""
    found = []
    for _ in range(FOCUSABLE_STOPS):
        tab.keyboard.press("Tab")
        trouble = tab.evaluate(FOCUS_IS_VISIBLE)
        if trouble == "end":  # the last stop of a short page; a page with no stop at all has no skip link either
            break
        found += [trouble] if trouble else []
    return found


def barriers(tab: Page, scheme: str) -> list[str]:
    """Return what axe finds, in the light or the dark look."""
    tab.emulate_media(color_scheme=scheme)
    # Chromium repaints on a change of scheme, but text inside closed parts can keep its old computed colour until it is laid out again.
    tab.evaluate("() => { document.body.hidden = true; document.body.offsetHeight; document.body.hidden = false; }")
    response = Axe().run(tab, options=RULES if scheme == "light" else COLOURS).response
    return [
        f"{scheme}: {one['id']}: {one['help']}: "
        + "; ".join(f"{node['target'][0]} {node['html'][:140]} ({_why(node)})" for node in one["nodes"][:3])
        for one in response["violations"]
    ]


def _why(node: dict) -> str:
    return ", ".join(check["message"] for check in node["any"] + node["all"] + node["none"])[:220]


def comes_true(tab: Page, expression: str, within: int) -> bool:
    """Return whether the expression becomes true within so many milliseconds.

    Playwright's own wait_for_function evaluates in the page from its second look on, which our content security policy refuses.
    """
    end = monotonic() + within / 1000
    while not tab.evaluate(expression):
        if monotonic() > end:
            return False
        tab.wait_for_timeout(20)
    return True


def at_320(tab: Page) -> list[str]:
    """Return what makes the page wider than the narrowest phone, once it has come to rest in its new width."""
    tab.set_viewport_size(NARROW)
    comes_true(tab, f"document.documentElement.scrollWidth <= {NARROW['width']}", AT_REST)
    width = tab.evaluate("document.documentElement.scrollWidth")
    if width <= NARROW["width"]:
        return []
    wide = tab.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > 321 && e.checkVisibility()
          && getComputedStyle(e).position !== "fixed").slice(0, 4).map((e) => e.tagName.toLowerCase() + "." + e.className)"""
    )
    return [f"{width} px wide on a phone of 320 px: {wide}"]
