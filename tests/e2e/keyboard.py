"""A person without a mouse: every key is counted, and focus is where the browser says it is."""

from playwright.sync_api import Page


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)

    def go_to(self, selector: str, most: int = 60) -> None:
        """Press Tab until the element has the focus; a page on which that takes longer is not for the keyboard."""
        for _ in range(most):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached by {most} presses of Tab on {self.page.url}")

    def pick(self, selector: str, most: int = 12) -> None:
        """Move inside a group of radio buttons, where Tab leaves and the arrows choose."""
        if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            self.press("Space")
        for _ in range(most):
            if self.page.locator(selector).is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"{selector} is not chosen by {most} presses of an arrow")

    def choose(self, selector: str, code: str) -> None:
        """Choose from a list by typing how the entry begins, as long as the browser has not found it."""
        self.go_to(selector)
        label = self.page.locator(f"{selector} option[value='{code}']").first.inner_text().strip()
        for letter in label:
            if self.page.locator(selector).input_value() == code:
                break
            self.type(letter)
        assert self.page.locator(selector).input_value() == code, f"typing {label!r} does not choose {code}"

    def enter(self, key: str = "Enter") -> None:
        """Press the key that opens the next page, and wait until it is there."""
        with self.page.expect_navigation():
            self.press(key)
