"""A talk where no line can be had, one that is seen before it is said, and one of thousands of messages that is read
backwards."""

import psycopg
import pytest
from playwright.sync_api import expect

from collab.messaging.commands import open_conversation, post
from collab.messaging.forms import NewConversation, Say

MANY = 2_400


@pytest.fixture
def storm(acting, template):
    """The id of a group of Eleni and Nikos."""
    return acting(open_conversation, "Eleni", NewConversation(title="Storm", members=[template.Nikos]))


def test_where_the_line_is_blocked_messages_come_by_asking_for_heads(visitor, acting, storm):
    eleni = visitor("Eleni").comes_to("/")
    hers, tried = eleni.page, []
    hers.route_web_socket("**/socket.io/**", lambda line: (tried.append(line.url), line.close()))
    hers.clock.install()
    hers.goto(f"/conversations/{storm}")
    hers.locator("[data-htmx-powered]").first.wait_for(state="attached")
    while not tried:  # from then on the page asks every fifteen seconds
        hers.clock.run_for(500)
    eleni.marks_the_page()
    with hers.expect_response("**/conversations/heads") as first:
        hers.clock.fast_forward(15_000)
    assert first.value.status == 200
    acting(post, "Nikos", storm, Say(text="The bridge is closed", nonce="n-1"))
    with hers.expect_response("**/conversations/heads"):
        hers.clock.fast_forward(15_000)
    hers.clock.run_for(2_000)
    expect(hers.locator("#talk-messages .message-text")).to_have_text("The bridge is closed")
    hers.locator("#talk-text").fill("I see")
    hers.locator("#talk-text").press("Control+Enter")
    hers.clock.run_for(2_000)
    expect(hers.locator("#talk-messages .message-text")).to_have_text(["The bridge is closed", "I see"])
    assert eleni.page_was_never_reloaded
    eleni.complaints[:] = [said for said in eleni.complaints if "socket.io" not in said]


def test_what_is_written_is_seen_as_it_will_be_said_without_anything_moving(visitor, storm):
    eleni = visitor("Eleni", width=390).comes_to("/")
    page, asked = eleni.opens(f"/conversations/{storm}").page, []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/preview") else None)
    text, panel = page.locator("#talk-text"), page.locator("#talk-preview")
    text.fill("**Two** trees")
    before = page.locator("#talk-composer").bounding_box()
    text.press("Control+Alt+KeyP")
    expect(panel.locator("strong")).to_have_text("Two")
    assert page.locator("#talk-composer").bounding_box() == before
    expect(text).to_be_focused()
    text.press_sequentially(" and *one* more")
    expect(panel).to_have_text("Two trees and one more")
    text.press("Escape")
    expect(panel).to_be_hidden()
    seen = len(asked)
    text.press_sequentially("!")
    page.locator("[data-preview]").click()
    expect(panel).to_contain_text("Two trees and one more!")
    assert len(asked) == seen + 1, "nothing is asked while it is closed"
    text.press("Control+Enter")
    expect(page.locator("#talk-messages .message-text")).to_have_text("Two trees and one more!")
    expect(panel).to_be_hidden()


def test_what_is_written_while_it_is_previewed_is_kept(visitor, storm):
    eleni = visitor("Eleni").comes_to("/")
    page = eleni.opens(f"/conversations/{storm}").page
    text = page.locator("#talk-text")
    text.press("Control+Alt+KeyP")
    with page.expect_response(lambda answer: answer.url.endswith("/draft")) as kept:
        text.press_sequentially("Half a **thought**")
        expect(page.locator("#talk-preview strong")).to_have_text("thought")
    assert kept.value.status == 204
    page.reload()
    expect(page.locator("#talk-text")).to_have_value("Half a **thought**")


# Reads backwards as somebody with a wheel does: step by step, each measured once nothing moves any more. Gives the
# largest jump of the message in view, in pixels, and the numbers of the messages on the page.
BACKWARDS = """
async (first) => {
  const box = document.querySelector("[data-talk-scroll]");
  const drawn = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  let asking = 0;
  document.addEventListener("htmx:before:request", () => asking++);
  document.addEventListener("htmx:finally:request", () => asking--);
  const calm = async () => { do await drawn(); while (asking > 0); await drawn(); };
  const seen = () => {
    const top = box.getBoundingClientRect().top;
    return [...box.querySelectorAll(".message")].find((one) => one.getBoundingClientRect().top >= top);
  };
  const numbers = () => [...box.querySelectorAll(".message")].map((one) => Number(one.dataset.seq));
  let worst = 0, steps = 0;
  // A page that has just been opened puts itself at its end once more, when letters and pictures are there.
  await document.fonts.ready;
  for (let still = 0, at = -1; still < 30; await calm()) {
    still = box.scrollTop === at ? still + 1 : 0;
    at = box.scrollTop;
  }
  while (numbers()[0] > first && steps < 500) {
    steps++;
    const message = seen(), before = message.getBoundingClientRect().top;
    const step = Math.min(400, box.scrollTop);  // what is in view stays in view
    box.scrollTop -= step;
    await calm();
    const jumped = Math.abs(message.getBoundingClientRect().top - before - step);
    if (jumped > worst) worst = jumped;
  }
  return { worst, steps, numbers: numbers() };
}
"""


def test_a_talk_of_thousands_of_messages_is_read_backwards_without_jumping(visitor, stack, storm, template):
    with psycopg.connect(stack.environment["DATABASE_URL"].replace("+psycopg", "")) as connection:
        # Of one line and of many, with lists and code, by two people, over two days.
        connection.execute(
            """
            insert into message (conversation_id, seq, author_id, text, nonce, created_at)
            select %(talk)s, n, case when n %% 7 < 4 then %(eleni)s else %(nikos)s end,
              case n %% 5 when 0 then 'Message ' || n || repeat(' and so on', n %% 90)
                when 1 then 'Message ' || n || E'\\n\\n- one\\n- two\\n- three'
                when 2 then 'Message ' || n || E'\\n\\n```\\ncode\\nmore\\n```' else 'Message ' || n end,
              'long-' || n, now() - interval '1 day' * (n <= 900)::int - interval '1 second' * (%(many)s - n)
            from generate_series(1, %(many)s) as n
            """,
            {"talk": storm, "eleni": template.Eleni, "nikos": template.Nikos, "many": MANY},
        )
        connection.execute("update conversation set last_seq = %s, last_at = now() where id = %s", (MANY, storm))
    for width, first in ((1280, MANY - 500), (390, MANY - 200)):
        eleni = visitor("Eleni", width=width).comes_to("/")
        page = eleni.opens(f"/conversations/{storm}").page
        expect(page.locator(f"[data-seq='{MANY}']")).to_be_in_viewport()
        read = page.evaluate(BACKWARDS, first)
        print(f"{width} px: {len(read['numbers'])} messages in {read['steps']} steps, at most {read['worst']:.1f} px")
        assert read["numbers"] == list(range(read["numbers"][0], MANY + 1))
        assert read["numbers"][0] <= first
        assert read["worst"] <= 3
