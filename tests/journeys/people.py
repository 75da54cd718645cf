"""Somebody in front of a browser: signs in as people do, and notes everything the browser complains about."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.cast import PASSWORD, Cast

# Milliseconds. Long, for what is late on a busy machine is not wrong; nothing waits so long where all is well.
PATIENCE = 30_000
# What a form refuses is an answer; a font that comes late says how busy the machine is; a page may be left while its
# line is still being opened.
NO_COMPLAINT = (
    "the server responded with a status of 422",
    "was preloaded using link preload but not used",
    "WebSocket is closed before the connection is established",
)


@dataclass
class Visitor:
    """A person with a browser of their own. `complaints`: console errors, policy violations, foreign requests."""

    name: str
    email: str
    url: str
    context: BrowserContext
    page: Page
    seat: Callable[[str], tuple[str, str, str]]
    """Makes a session of somebody by name: its cookie's name and secret, and a token for its forms."""
    complaints: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    @classmethod
    def arrives(
        cls,
        browser: Browser,
        url: str,
        cast: Cast,
        name: str,
        locale: str,
        width: int,
        theme: str,
        seat: Callable[[str], tuple[str, str, str]],
        *,
        touch: bool = False,
        zone: str | None = None,
    ) -> Self:
        scheme: Any = "dark" if theme == "dark" else "light"
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale=locale,
            has_touch=touch,
            timezone_id=zone,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        visitor = cls(name, cast.email(name), url, context, page, seat)
        page.on("console", visitor._heard)
        page.on("pageerror", visitor._failed)
        page.on("request", visitor._asked)
        page.on("websocket", visitor.hears_on)
        page.on("dialog", lambda asked: asked.accept())
        return visitor

    def hears_on(self, line: Any) -> None:
        """What comes down a line of theirs is `heard`, also that of another tab."""
        line.on("framereceived", lambda frame: self.heard.append(str(frame)))

    def _failed(self, error: Any) -> None:
        # The browser gives up its own cross-fade where the next page comes before it has begun: nothing of ours failed.
        if "Transition was aborted" not in str(error):
            self.complaints.append(f"error on the page: {error}")

    def _heard(self, said: Any) -> None:
        if said.type in ("error", "warning") and not any(each in said.text for each in NO_COMPLAINT):
            self.complaints.append(f"{said.text} ({urlsplit(self.page.url).path})")

    def _asked(self, request: Any) -> None:
        if request.url.startswith(("http", "ws")) and urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.complaints.append(f"asked a stranger: {request.url}")

    def opens(self, path: str) -> Self:
        """Opens a page and waits until it is alive: its parts answer to clicks, and its line is open."""
        self.heard.clear()
        self.page.goto(path)
        return self.is_alive()

    def is_alive(self) -> Self:
        """Waits until the page that is shown answers to clicks and hears of changes."""
        self.page.locator("[data-htmx-powered]").first.wait_for(state="attached")
        deadline = time.monotonic() + PATIENCE / 1000
        while not any(frame.startswith("40{") for frame in self.heard):
            assert time.monotonic() < deadline, f"no line was opened on {self.page.url}"
            self.page.wait_for_timeout(20)
        return self

    def marks_the_page(self) -> None:
        """Puts a mark on the page that a reload would wipe off."""
        self.page.evaluate("window.marked = true")

    @property
    def page_was_never_reloaded(self) -> bool:
        return bool(self.page.evaluate("window.marked === true"))

    def chooses(self, field: str, typed: str, name: str) -> None:
        """Types into a choosing field and takes the one of this name."""
        box = self.page.locator(f"#dialog .combobox[data-ready]:has([name={field}_name])")
        box.locator("input.input").fill("")
        box.locator("input.input").press_sequentially(typed)
        box.locator(".option", has_text=name).first.click()

    def signs_in(self) -> Self:
        """Through the sign-in page, to My day."""
        self.page.goto("/sign-in")
        self.page.locator("input[name=email]").fill(self.email)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("main form button").first.click()
        self.page.wait_for_url(f"{self.url}/")
        return self.is_alive()

    def comes_to(self, path: str, locale: str | None = None) -> Self:
        """Opens a page as somebody who signed in earlier today, and chose this language then; `signs_in` goes through
        the door, and `speaks` through the menu.
        """
        cookie, secret, token = self.seat(self.name)
        self.context.add_cookies([{"name": cookie, "value": secret, "url": self.url, "httpOnly": True}])
        if locale is not None:
            self._prefers(locale, "light", token)
        return self.opens(path)

    def prefers(self, locale: str, theme: str) -> None:
        """Chooses a language and an appearance without looking, so that the next page has them."""
        self._prefers(locale, theme, self.page.locator("meta[name=csrf-token]").get_attribute("content") or "")

    def _prefers(self, locale: str, theme: str, token: str) -> None:
        form = {"locale": locale, "theme": theme, "csrf_token": token}
        # As the menu of the shell asks: otherwise the next page begins by saying that it is saved.
        said = self.page.request.post("/profile?_method=PATCH", form=form, headers={"HX-Request": "true"})
        assert said.status == 204, said.status

    def speaks(self, locale: str, theme: str = "light") -> Self:
        """Chooses a language and an appearance in the menu of the shell."""
        html, chosen = self.page.locator("html"), False
        for name, value, attribute in (("theme", theme, "data-theme"), ("locale", locale, "lang")):
            if html.get_attribute(attribute) == value:
                continue
            self.heard.clear()
            self.page.locator(".top-me").click()
            # The page comes again, in the new words. Its loading is awaited: any step in the history is a "navigation".
            with self.page.expect_event("load"):
                self.page.locator(f"#me button[name={name}][value={value}]").click()
            assert html.get_attribute(attribute) == value
            chosen = True
        on_my_day = urlsplit(self.page.url).path == "/"
        return self.is_alive() if chosen and on_my_day else self.opens("/")
