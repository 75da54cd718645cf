"""A page that stays open, and a form that is sent twice: nothing is missing, and nothing is there twice."""

import re

from sqlalchemy import text

from collab.core.actor import SYSTEM
from collab.core.envelope import envelope

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def numbers(answer):
    return [int(seq) for seq in re.findall(r'<article class="message[^"]*"[^>]*data-seq="(\d+)"', answer.text, re.S)]


def test_a_conversation_that_is_begun_twice_by_one_form_is_one_and_begins_with_one_word(client_of, api_of, cast):
    eleni = client_of("Eleni")
    for kind, fields in (("direct", {"text": "Two trees are down"}), ("group", {"title": "Storm"})):
        form = eleni.get(f"/conversations/new?kind={kind}").text
        once = re.search(r'<form class="form form-talk".*?name="once" value="([^"]+)"', form, re.S)[1]
        typed = {"kind": kind, "members[]": str(cast.Sofia), "once": once} | fields
        homes = {eleni.post("/conversations", data=typed).headers["Location"] for _try in range(2)}
        assert len(homes) == 1
        talk = homes.pop().rsplit("/", 1)[1]
        said = api_of("Sofia").get(f"{V1}/conversations/{talk}/messages").json["items"]
        assert [one["text"] for one in said] == list(fields.values())[: len(said)]
        assert len(said) == (kind == "direct")


def test_an_open_page_that_missed_more_than_it_asks_for_begins_again_with_the_newest_and_the_way_back(
    app, item, client_of, said
):
    """The messages are written as they come in from elsewhere; nobody says so many in a moment."""
    said("Nikos", "Begin")
    many(app, item, 260)
    eleni, address = client_of("Eleni"), "/work-items/PARKS-1/messages"
    part = eleni.get(f"{address}?after=0&new=0&limit=200", headers=PART)
    assert numbers(part) == list(range(211, 261))
    above = re.search(r'<div id="talk-past" hx-swap-oob="innerHTML">.*?hx-get="([^"]+)"', part.text, re.S)[1]
    assert numbers(eleni.get(above.replace("&amp;", "&"), headers=PART)) == list(range(161, 211))
    assert "hx-swap-oob" not in eleni.get(f"{address}?after=100&new=0&limit=200", headers=PART).text


def test_a_long_thread_stands_once_in_its_order_also_when_it_is_asked_for_anew(app, item, client_of, said):
    root = said("Nikos", "Begin")["id"]
    many(app, item, 251, root)
    eleni = client_of("Eleni")
    for address in (f"/messages/{root}/thread", f"/messages/{root}/thread/answers"):
        page = eleni.get(address, headers=PART)
        assert numbers(page) == [1, *range(52, 252)]
        before = re.search(r'data-seq="1".*?hx-get="([^"]+before=52)".*?data-seq="52"', page.text, re.S)[1]
    assert numbers(eleni.get(before, headers=PART)) == list(range(2, 52))


def test_a_thread_that_is_there_whole_leads_to_no_earlier_answers(app, item, api_of, said):
    root = said("Nikos", "Begin")["id"]
    many(app, item, 51, root)
    thread = api_of("Eleni").get(f"{V1}/messages/{root}/thread").json
    assert (len(thread["items"]), thread["earlier"]) == (50, False)
    assert api_of("Eleni").get(f"{V1}/messages/{root}/thread?limit=49").json["earlier"] is True


def many(app, item, last, root=None):
    """Messages up to the number `last` in the talk of an item, by whoever began it."""
    with app.app_context(), envelope(SYSTEM) as current:
        current.session.execute(
            text(
                """
                insert into message (conversation_id, seq, author_id, text, nonce, created_at, reply_to_id, root_id)
                select c.id, n, m.author_id, 'Message ' || n, 'many-' || n, m.created_at, :root, :root
                from conversation c join message m on m.conversation_id = c.id and m.seq = 1,
                  generate_series(2, :last) as n
                where c.owner_kind = 'work-item' and c.owner_id = :item
                """
            ),
            {"item": item, "last": last, "root": root},
        )
        current.session.execute(
            text("update conversation set last_seq = :last where owner_kind = 'work-item' and owner_id = :item"),
            {"item": item, "last": last},
        )
