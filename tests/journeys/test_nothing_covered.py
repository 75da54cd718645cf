"""What opens beside a composer, or says something for a moment, covers neither what one writes nor what was said."""

import pytest
from playwright.sync_api import expect

from collab.core.db import writing
from collab.messaging.commands import open_conversation, pin, post
from collab.messaging.forms import NewConversation, Say
from collab.people.organisation.parties import Naming, rename_parties

APART = """([one, other]) => {
  const [a, b] = [one, other].map((each) => document.querySelector(each)?.getBoundingClientRect());
  return a && b && a.height > 0 && (a.bottom <= b.top || a.top >= b.bottom || a.right <= b.left || a.left >= b.right);
}"""
SAY = """document.dispatchEvent(new CustomEvent("toast", { detail: { text: "Something was done", bad: true } }))"""


@pytest.fixture
def storm(acting, template):
    found = acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))
    for number in range(3):  # few and tall: many in a moment would be held back
        text = "\n\n".join(f"Tree {number}, branch {branch}" for branch in range(9))
        acting(post, "Nikos", found, Say(text=text, nonce=f"n-{number}"))
    return found


@pytest.mark.parametrize(("width", "locale"), [(1280, "en"), (390, "en"), (390, "fa")])
def test_the_list_of_names_and_what_is_said_stand_beside_the_composer(visitor, storm, width, locale):
    eleni = visitor("Eleni", width=width).comes_to("/")
    eleni.prefers(locale, "light")
    page = eleni.opens(f"/conversations/{storm}").page
    page.locator("#talk-text").press_sequentially("Ask @")
    page.locator("#talk-call").press_sequentially("Ni")
    expect(page.locator("#talk-composer .option").first).to_be_visible()
    page.wait_for_function(APART, arg=["#talk-composer .options", "#talk-text"])
    page.locator("#talk-call").press("Escape")
    page.locator("#talk-call").press("Escape")
    at = page.locator("#talk-composer").bounding_box()["y"]
    page.evaluate(SAY)
    expect(page.locator("#toasts .toast-bad")).to_be_in_viewport(ratio=1)
    for other in ("#talk-composer", "#talk-messages > .message:last-of-type", ".talking-head"):
        page.wait_for_function(APART, arg=["#toasts .toast-bad", other])
    assert page.locator("#talk-composer").bounding_box()["y"] == at
    page.locator("#toasts .toast-bad .button-icon").click()
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)


@pytest.fixture
def nick(outside, template):
    """Nikos is called otherwise in each language, until this is over: others know him as he was."""

    def call(naming):
        with outside.app_context(), writing() as session:
            rename_parties(session, [(template.Nikos, naming)])

    call(Naming("Νίκος Παππάς", {"en": "Nick Pappas", "fa": "نیکوس"}))
    yield
    call(Naming("Nikos Pappas", {}))


@pytest.mark.usefixtures("nick")
def test_a_message_ends_that_somebody_is_writing_and_a_pin_is_seen_at_once(visitor, acting, storm):
    eleni, nikos = visitor("Eleni").comes_to("/", "en"), visitor("Nikos").comes_to("/")
    hers, his = eleni.opens(f"/conversations/{storm}").page, nikos.opens(f"/conversations/{storm}").page
    expect(hers.locator("#talk-pins")).to_be_attached()
    never = "(act, wait, ...more) => (wait === 4000 ? 0 : set(act, wait, ...more))"
    # What only time would take away stays here for good.
    hers.evaluate(f"() => {{ const set = window.setTimeout; window.setTimeout = {never}; }}")
    his.locator("#talk-text").press_sequentially("On my way")
    expect(hers.locator("#talk-typing")).to_contain_text("Nick Pappas is writing")
    his.locator("#talk-text").press("Control+Enter")
    expect(hers.locator("#talk-messages .message-text").last).to_have_text("On my way")
    expect(hers.locator("#talk-typing")).to_have_text("")
    eleni.marks_the_page()
    said = acting(post, "Nikos", storm, Say(text="The key is under the stone", nonce="key"))["id"]
    acting(pin, "Nikos", said)
    expect(hers.locator("#talk-pins")).to_contain_text("The key is under the stone")
    assert eleni.page_was_never_reloaded
