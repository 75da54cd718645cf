"""A talk that stays open while very much is said has every message once; whoever says something while they read older
messages is led to it."""

import psycopg
import pytest
from playwright.sync_api import expect

from collab.messaging.commands import edit, open_conversation, post, put_sign, remove
from collab.messaging.forms import Edit, NewConversation, Say

SHOWN = "[...document.querySelectorAll('.talk > .message')].map((one) => Number(one.dataset.seq))"

FRAMES = "(function next(left) { left ? requestAnimationFrame(() => next(left - 1)) : laid(); })(30)"


@pytest.fixture
def storm(acting, template):
    """The id of a group of Eleni and Nikos."""
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


@pytest.fixture
def many(stack, template, acting, storm):
    """`many(300)`: so many messages stand there, the last one said just now."""

    def say(last):
        with psycopg.connect(stack.environment["DATABASE_URL"].replace("+psycopg", "")) as connection:
            connection.execute(
                """
                insert into message (conversation_id, seq, author_id, text, nonce, created_at)
                select id, n, %(babis)s, 'Message ' || n, 'many-' || n, now()
                from conversation, generate_series(last_seq + 1, %(last)s) as n where id = %(talk)s
                """,
                {"talk": storm, "babis": template.Babis, "last": last - 1},
            )
            connection.execute(
                "update conversation set last_seq = %s, last_at = now() where id = %s", (last - 1, storm)
            )
        acting(post, "Eleni", storm, Say(text=f"Message {last}", nonce=f"eleni-{last}"))

    return say


def test_an_open_page_has_every_message_once_however_many_are_said_meanwhile(visitor, storm, many):
    many(30)
    page = visitor("Nikos").comes_to(f"/conversations/{storm}").page
    expect(page.locator("[data-seq='30']")).to_be_in_viewport()
    for last in (170, 250):  # each within what the page asks for, together beyond it
        many(last)
        expect(page.locator(f"[data-seq='{last}']")).to_be_in_viewport()
        page.wait_for_function(f"(wanted) => {SHOWN}.join() === wanted", arg=",".join(map(str, range(1, last + 1))))
    ways: list[str] = []
    page.on("request", lambda asked: ways.append(asked.url) if "before=" in asked.url else None)
    many(700)
    expect(page.locator("[data-seq='700']")).to_be_in_viewport()
    page.wait_for_function(f"() => {SHOWN}.length >= 100")  # the way back is in sight and is followed by itself
    page.evaluate(f"() => new Promise((laid) => {FRAMES})")  # what came above is laid out bit by bit
    expect(page.locator("[data-seq='700']")).to_be_in_viewport()
    shown = page.evaluate(SHOWN)
    assert shown == list(range(shown[0], 701))
    assert len(ways) == len(set(ways))


def test_the_way_back_is_followed_again_after_it_was_not_answered_and_does_not_press_on(visitor, storm, many):
    many(120)
    nikos = visitor("Nikos").comes_to("/")
    asked, answers = [], []

    def refuse(route):
        asked.append(route.request.url)
        if answers:
            route.continue_()
        else:
            route.fulfill(status=503)

    nikos.page.route("**/messages?before=*", refuse)
    page = nikos.opens(f"/conversations/{storm}").page

    def scrolls(to):
        page.locator("[data-talk-scroll]").evaluate(f"box => {{ box.scrollTop = {to}; }}")
        page.evaluate(f"() => new Promise((laid) => {FRAMES})")

    scrolls("0")
    expect(page.locator("#toasts .toast-bad").first).to_be_visible()
    page.evaluate(f"() => new Promise((laid) => {FRAMES})")
    assert len(asked) <= 2, "once when it came in sight, be it on opening and on scrolling"
    answers.append(True)
    scrolls("box.scrollHeight")
    scrolls("0")
    expect(page.locator(".talk > .message").nth(60)).to_be_attached()
    assert page.url.endswith(f"/conversations/{storm}")
    nikos.complaints[:] = [one for one in nikos.complaints if "503" not in one]


def test_whoever_says_something_while_they_read_older_messages_is_led_to_it(visitor, storm, many):
    many(100)
    page = visitor("Nikos").comes_to(f"/conversations/{storm}?at=2").page
    expect(page.locator("[data-newest]")).to_be_visible()
    page.locator("#talk-text").fill("Seen")
    page.locator("#talk-text").press("Control+Enter")
    expect(page.locator("[data-seq='101'] .message-text")).to_have_text("Seen")
    expect(page.locator("[data-seq='101']")).to_be_in_viewport()
    assert page.url.endswith(f"/conversations/{storm}")


def test_what_changes_above_what_a_page_asks_for_is_drawn_anew(visitor, acting, storm, many):
    """Eleni changes what she said long ago and takes back another; Nikos reads there, and has not asked again."""
    told = [
        acting(post, "Eleni", storm, Say(text=text, nonce=f"told-{len(text)}")) for text in ("Six pumps", "No sand")
    ]
    many(100)
    page = visitor("Nikos").comes_to(f"/conversations/{storm}?at=2", "el").page
    first, second = (page.locator(f"[data-seq='{number}']") for number in (1, 2))
    expect(first.locator(".message-text")).to_have_text("Six pumps")
    acting(edit, "Eleni", told[0]["id"], Edit(text="Seven pumps"))
    expect(first.locator(".message-text")).to_have_text("Seven pumps")
    acting(put_sign, "Eleni", told[0]["id"], "agree")
    expect(first.locator(".reaction")).to_have_count(1)
    acting(remove, "Eleni", told[1]["id"])
    expect(second).not_to_contain_text("No sand")


def test_what_one_says_oneself_is_seen_whole_wherever_one_read(visitor, storm, many):
    many(60)
    page = visitor("Nikos").comes_to(f"/conversations/{storm}").page
    expect(page.locator("[data-seq='60']")).to_be_in_viewport()
    page.locator("[data-talk-scroll]").evaluate("(box) => box.scrollTo(0, box.scrollHeight - box.clientHeight - 400)")
    expect(page.locator("[data-seq='60']")).not_to_be_in_viewport()
    page.evaluate(f"() => new Promise((laid) => {FRAMES})")
    page.locator("#talk-composer textarea").fill("And this is what I say to it.")
    page.keyboard.press("Control+Enter")
    mine = page.locator("[data-seq='61']")
    expect(mine).to_be_in_viewport(ratio=1)
    page.evaluate(f"() => new Promise((laid) => {FRAMES})")
    expect(mine).to_be_in_viewport(ratio=1)


def test_that_a_name_calls_nobody_is_a_calm_sentence(visitor, storm, many):
    many(3)
    page = visitor("Eleni").comes_to(f"/conversations/{storm}", "en").page
    page.locator("#talk-composer textarea").fill("With @nobodyhere too")
    page.keyboard.press("Control+Enter")
    told = page.locator("#toasts .toast", has_text="you called nobody")
    expect(told).to_be_visible()
    expect(page.locator("#toasts .toast-bad")).to_have_count(0)
