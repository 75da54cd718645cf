"""Somebody signs out and in again in another tab; what they were typing in the first is not lost."""

from playwright.sync_api import expect

from tests.cast import PASSWORD


def signs_in_again(eleni):
    """In another tab: out by the menu, in by the form."""
    other = eleni.context.new_page()
    other.goto("/")
    other.locator(".top-me").click()
    other.locator("#me form[action^='/sign-in'] button").click()
    other.wait_for_url("**/sign-in*")
    other.locator("input[name=email]").fill(eleni.email)
    other.locator("input[name=password]").fill(PASSWORD)
    other.locator("main form button").first.click()
    other.wait_for_url(f"{eleni.url}/")
    other.close()
    expect(eleni.page.locator("dialog#ended")).to_be_hidden(timeout=20_000)  # it covers the page until one is back


def test_a_form_typed_before_is_shown_again_and_sent_by_one_press(visitor):
    eleni = visitor("Eleni").signs_in().speaks("en")
    page = eleni.opens("/tasks/new").page
    page.locator("[name=title]").fill("Prune the plane trees of the square")
    signs_in_again(eleni)
    page.get_by_role("button", name="Create", exact=True).click()
    toast = page.locator("#toasts .toast-bad")
    again = page.get_by_role("button", name="Send again")
    expect(toast.or_(again).first).to_be_visible()
    if again.is_visible():
        expect(page.locator("[name=title]")).to_have_value("Prune the plane trees of the square")
        again.click()
    else:
        expect(page.locator("[name=title]")).to_have_value("Prune the plane trees of the square")
        page.get_by_role("button", name="Create", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Prune the plane trees of the square")
    eleni.complaints[:] = [one for one in eleni.complaints if "status of 403" not in one]
