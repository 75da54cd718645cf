"""A pop-up as a browser shows it: pushed to the page's own service worker, in its reader's words, and pressed.

The browser of the tests is Chromium's headless shell, which has no service of notifications: it answers "denied"
however it is granted, and `showNotification` refuses. So the page is told that it may, the maker's service is stood in
for, and what the worker would show is noted where it is asked for. All else is the browser's: the worker is registered
and run by it, and the push goes through its own door. In a whole Chromium the same push was seen to be shown.
"""

import json
import time

from playwright.sync_api import expect
from sqlalchemy import select

from collab.core.db import db
from collab.feed.models import Notification
from collab.feed.pushing.sealing import encoded, own_key, point
from collab.feed.pushing.words import payloads
from collab.feed.queries.notifications import lines_among
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask

from .people import PATIENCE

GRANTED = """
Object.defineProperty(Notification, "permission", {get: () => "granted"});
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = () => new Promise((resolve) => {
  window.taken = () => resolve({toJSON: () => (KEYS)});
});
"""
NOTED = """() => {
  registration.showNotification = async (title, more) => { self.shown = {title, ...more}; };
  clients.openWindow = async (address) => { self.went = ["opened", address]; };
  WindowClient.prototype.focus = async function () { self.went = ["brought forward", this.url]; };
}"""
# One that a script makes may not be waited for; the browser's own may.
PRESSED = """async () => {
  let waited;
  const pressed = new Event("notificationclick");
  pressed.notification = {data: self.shown.data, close() { self.closed = true; }};
  pressed.waitUntil = (all) => { waited = all; };
  self.went = null;
  self.dispatchEvent(pressed);
  await waited;
  return self.went;
}"""


def _until(page, found):
    """What `found` gives, once it gives something."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not (got := found()):
        assert time.monotonic() < deadline, "it never came"
        page.wait_for_timeout(20)
    return got


def _pop_up(actor, reference):
    """What is pushed to somebody of the newest thing that they heard of, once it is this one."""
    newest = select(Notification.id).where(Notification.person_id == actor.person_id).order_by(Notification.id.desc())
    ids = list(db.session.scalars(newest.limit(1)))
    found = payloads(actor, lines_among(db.session(), actor, ids)) if ids else []
    return [one for one in found if one["title"].startswith(f"{reference} ")]


def test_a_push_is_shown_in_the_readers_words_and_pressed_leads_to_what_it_is_about(visitor, acting, template):
    eleni = visitor("Eleni").comes_to("/")
    eleni.prefers("fa", "light")
    keys = {"endpoint": "https://push.example.invalid/1",
            "keys": {"p256dh": encoded(point(own_key("a browser"))), "auth": encoded(bytes(16))}}  # fmt: skip
    eleni.context.add_init_script(GRANTED.replace("KEYS", json.dumps(keys)))
    page = eleni.opens("/profile/hearing").page
    expect(page.locator("form[data-push]")).to_be_visible()
    with eleni.context.expect_event("serviceworker") as started:
        page.locator("form[data-push] button").click()
    worker = started.value
    _until(page, lambda: page.evaluate("!!window.taken"))
    page.evaluate("window.taken()")
    expect(page.locator("form[data-push-off]")).to_be_visible()

    registrations = []
    line = eleni.context.new_cdp_session(page)
    line.on("ServiceWorker.workerRegistrationUpdated", lambda said: registrations.extend(said["registrations"]))
    line.send("ServiceWorker.enable")
    _until(page, lambda: registrations)
    worker.evaluate(NOTED)
    task = NewTask(title="Κομμένα κλαδιά", unit=template.PARKS, holder=template.Eleni)
    reference = acting(create_task, "Nikos", task)["reference"]
    [said] = _until(page, lambda: acting(_pop_up, "Eleni", reference))
    where = {"origin": eleni.url, "registrationId": registrations[-1]["registrationId"]}
    line.send("ServiceWorker.deliverPushMessage", {**where, "data": json.dumps(said)})
    shown = _until(page, lambda: worker.evaluate("self.shown"))
    assert shown["title"] == f"{reference} · Κομμένα κλαδιά"
    assert (shown["lang"], shown["dir"]) == ("fa", "rtl")
    assert shown["body"] == "Nikos Pappas آن را به شما سپرد"

    kind, address = worker.evaluate(PRESSED)
    assert (kind, worker.evaluate("self.closed")) == ("opened", True)
    page.goto(address)
    page.wait_for_url(f"**/work-items/{reference}")
    assert worker.evaluate(PRESSED) == ["brought forward", page.url]
    # On another site nothing is opened, whatever was pushed.
    foreign = json.dumps({**said, "tag": "x", "href": "//evil.example/"})
    line.send("ServiceWorker.deliverPushMessage", {**where, "data": foreign})
    _until(page, lambda: worker.evaluate("self.shown.tag === 'x'"))
    assert worker.evaluate(PRESSED) is None
    # The browser gives up fading from a page to the same page; nobody sees that.
    eleni.complaints[:] = [one for one in eleni.complaints if "ViewTransition" not in one]


def test_a_service_that_never_answers_is_said_so_and_the_button_can_be_pressed_again(visitor):
    page = (eleni := visitor("Eleni").comes_to("/", "en")).page
    eleni.context.add_init_script(GRANTED)
    page.clock.install()
    page.goto("/profile/hearing")
    button = page.locator("form[data-push] button")
    button.click()
    expect(button).to_be_disabled()
    _until(page, lambda: page.evaluate("!!window.taken"))
    page.clock.fast_forward(31_000)
    expect(page.locator("[data-push-failed]")).to_have_text(
        "The service of this browser's maker does not answer. Try again later."
    )
    expect(button).to_be_enabled()
