"""What is to be pressed or mended can be seen: menus near the foot of a window, fields that a dialog refused."""

import pytest
from playwright.sync_api import expect

from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask

CLEAR = """name => {
  const box = document.querySelector(`#dialog [name=${name}]`)?.closest(".field");
  const said = box?.querySelector(".field-error");
  if (!said) return false;
  const around = [".dialog-head", ".dialog-foot"].map((one) => document.querySelector(`#dialog ${one}`));
  const [head, foot, at, sentence] = [...around, box, said].map((one) => one.getBoundingClientRect());
  return at.top >= head.bottom && at.bottom <= foot.top && sentence.top >= head.bottom && sentence.bottom <= foot.top;
}"""


@pytest.fixture
def made(acting, template):
    return acting(create_task, "Eleni", NewTask(title="Benches", unit=template.PARKS, holder=template.Eleni))


def test_a_menu_for_which_neither_side_has_the_room_is_reached_whole(visitor, made):
    page = visitor("Eleni").comes_to(f"/work-items/{made['reference']}", "en").page
    page.set_viewport_size({"width": 1280, "height": 660})
    page.locator("#talk-text").fill("Oak beside them?")
    page.locator("#talk-text").press("Control+Enter")
    message = page.locator("#talk-messages .message", has_text="Oak beside them?")
    expect(message).to_be_visible()
    message.evaluate("one => one.scrollIntoView({ block: 'center' })")
    message.hover()
    message.locator("[data-acts]").click()
    menu = page.locator("#message-acts")
    expect(menu.locator(".menu-item").last).to_be_in_viewport(ratio=1)
    expect(menu).to_be_in_viewport(ratio=1)


def test_the_field_that_a_dialog_refused_stands_clear_of_its_head_and_foot(visitor, made):
    page = visitor("Eleni").comes_to(f"/work-items/{made['reference']}", "en").page
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator(f"a[href='/work-items/{made['reference']}/waits/new']").first.click()
    dialog = page.locator("#dialog")
    dialog.get_by_text("Somebody outside who is not on the list yet").click()
    dialog.locator("[name=what]").fill("When does the crew come?")
    dialog.get_by_role("textbox", name="Until when").fill("35/13/2026")
    dialog.locator(".dialog-body").evaluate("one => one.closest('dialog').scrollTo(0, 0)")
    dialog.locator(".dialog-foot .button-primary").click()
    page.wait_for_function(CLEAR, arg="until")
    # As where it is above what is seen.
    dialog.locator(".dialog-body").evaluate("one => one.closest('dialog').scrollTo(0, 9999)")
    dialog.locator(".dialog-foot .button-primary").click()
    page.wait_for_function(CLEAR, arg="until")
