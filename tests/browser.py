"""A real browser without a screen, for pages that people open; what it complains about is kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

in_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Opened:
    """A page that was opened: its complaints, and the addresses that it asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, path: Path, width: int) -> None:
        """Open a file in a window of a width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(path.as_uri())


@contextmanager
def browser() -> Iterator[Opened]:
    """Start a browser with one empty page."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
        try:
            yield Opened(started.new_page())
        finally:
            started.close()
