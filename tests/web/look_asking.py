"""What a test asks of a page on the stage."""

from playwright.sync_api import Page

from tests.web.conftest import Line


def complaints(page: Page) -> list[str]:
    return list(page.complaints)  # type: ignore[attr-defined]


def line(page: Page) -> Line:
    page.wait_for_function("() => window.performance.now() > 0")
    for _ in range(50):
        if page.lines:  # type: ignore[attr-defined]
            page.wait_for_timeout(100)
            return page.lines[-1]  # type: ignore[attr-defined,no-any-return]
        page.wait_for_timeout(50)
    raise AssertionError("the page opened no line")
