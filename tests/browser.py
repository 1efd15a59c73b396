"""Chromium without a display, and what a person does with it in Prefect's UI."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, sync_playwright

MISSING = "There is no Chromium here: apt-get install chromium"
WIDTH, HEIGHT = 1400, 900
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_MS = 60_000  # for a page on a busy machine
_BUSY, _TRIES, _PAUSE_MS = 503, 10, 1_000


def chromium() -> str:
    """Where the system's Chromium is; empty where there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), "")


class Visitor:
    """Somebody with a browser in front of the UI at `address`. `strangers`: hosts of others that a page asked for."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.strangers: set[str] = set()
        page.set_default_timeout(_PATIENCE_MS)
        page.on("request", lambda request: self._seen(request.url))

    def _seen(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.strangers.add(str(parts.hostname))

    def run(self, run: object, tab: str = "") -> None:
        """Open a flow run's page, at one of its tabs."""
        self.page.goto(f"{self.address}/runs/flow-run/{run}")
        if tab:
            self.page.locator(".p-tab-navigation__tab, .p-tab, [role=tab]").get_by_text(tab, exact=True).click()

    def artifact(self, artifact: object) -> None:
        self.page.goto(f"{self.address}/artifacts/artifact/{artifact}")
        self.page.locator(".markdown-renderer").first.wait_for()

    def open_form(self, run: object) -> Locator:
        """The form of a run that waits for an answer."""
        self.run(run)
        self.page.get_by_role("button", name="Resume").click()
        form = self.page.get_by_role("dialog")
        form.get_by_text("Decision", exact=True).wait_for()
        return form

    def fill_in(self, form: Locator, decision: str, approver: str, note: str) -> None:
        _field(form, "Decision").locator(
            ".p-select-button__icon"
        ).click()  # the UI closes again what a click beside opens
        self.page.locator(".p-select-option").get_by_text(decision, exact=True).click()
        _field(form, "Approver").locator("textarea").fill(approver)
        _field(form, "Note (Optional)").locator("textarea").fill(note)

    def send(self, form: Locator) -> None:
        """Press the button; again where the server says that its SQLite was busy, as a person would."""
        for _ in range(_TRIES):
            with self.page.expect_response(lambda answer: answer.url.endswith("/resume")) as sent:
                form.get_by_role("button", name="Submit").click()
            if sent.value.status != _BUSY:
                break
            self.page.wait_for_timeout(_PAUSE_MS)
        form.wait_for(state="hidden")


def _field(form: Locator, label: str) -> Locator:
    named = form.page.locator(".schema-form-property__label").get_by_text(label, exact=True)
    return form.locator(".schema-form-property").filter(has=named)


@contextmanager
def visit(address: str, height: int = HEIGHT) -> Iterator[Visitor]:
    """A browser in front of the UI at this address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_ARGUMENTS))
        try:
            yield Visitor(browser.new_page(viewport={"width": WIDTH, "height": height}), address)
        finally:
            browser.close()
