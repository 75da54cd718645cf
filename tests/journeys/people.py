"""Somebody in front of a browser: signs in as people do, and notes everything the browser complains about."""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import PASSWORD, Cast

SECONDS = 10_000


@dataclass
class Visitor:
    """A person with a browser of their own. `complaints`: console errors, policy violations, foreign requests."""

    name: str
    email: str
    url: str
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def arrives(cls, browser: Browser, url: str, cast: Cast, name: str, locale: str, width: int, theme: str) -> Self:
        scheme: Any = "dark" if theme == "dark" else "light"
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale
        )
        context.set_default_timeout(SECONDS)
        page = context.new_page()
        visitor = cls(name, cast.email(name), url, context, page)
        page.on("console", visitor._heard)
        page.on("pageerror", lambda error: visitor.complaints.append(f"error on the page: {error}"))
        page.on("request", visitor._asked)
        page.on("dialog", lambda asked: asked.accept())
        return visitor

    def _heard(self, said: Any) -> None:
        if said.type in ("error", "warning") and "the server responded with a status of 422" not in said.text:
            self.complaints.append(f"{said.text} ({urlsplit(self.page.url).path})")

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"asked a stranger: {request.url}")

    def signs_in(self) -> Self:
        """Through the sign-in page, to My day."""
        self.page.goto("/sign-in")
        self.page.locator("input[name=email]").fill(self.email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(f"{self.url}/")
        return self

    def speaks(self, locale: str, theme: str = "light") -> Self:
        """Chooses a language and an appearance in the menu of the shell."""
        for name, value in (("theme", theme), ("locale", locale)):
            self.page.locator(".top-me").click()
            with self.page.expect_response(lambda answer: "/profile" in answer.url):
                self.page.locator(f"#me button[name={name}][value={value}]").click()
            self.page.goto("/")
        return self
