"""What changes between a page and its line, also when another process made the page: the line tells it as it comes, to
whoever may read it; and what was lost on the way between the processes is asked for."""

import json
import re
import time
import urllib.request

import redis

from collab.web.lately import SKEW
from tests.machine.copies import soon
from tests.messaging.serving import Page
from tests.messaging.test_two_processes import asked


def since(web, secret):
    """From when on the page that this process makes may not show what changes."""
    request = urllib.request.Request(f"{web.address}/conversations", headers={"Cookie": f"collab={secret}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        page = answer.read().decode()
    return int(re.search(r'<body [^>]*data-line="(\d+)"', page)[1])


def hears_all(web, secret):
    """Whether that process knows what was told from a moment ago on."""
    page = Page(web, secret, time.time() * 1000)
    page.line.sleep(0.2)
    page.line.disconnect()
    return not page.missed


def test_what_is_said_between_a_page_of_one_process_and_its_line_to_the_other_is_told_with_the_line(
    two_webs, signed_in, api_of, cast
):
    one, other = two_webs
    eleni, leila, nikos = signed_in("Eleni"), signed_in("Leila"), api_of("Nikos").token
    talk = {"kind": "unit-talk", "id": cast.PARKS, "version": None}
    mine = {"kind": "conversations", "id": "mine", "version": None}
    witness = Page(one, eleni)
    assert all(soon(lambda web=web: hears_all(web, eleni), 30) for web in two_webs)
    was, hers = since(one, eleni), since(one, leila)
    said = {"text": "Two trees are down", "nonce": "1"}
    assert asked(one, f"/api/v1/units/{cast.PARKS}/messages", token=nikos, body=said)[0] == 201
    assert soon(lambda: witness.said, 30)
    for web in two_webs:
        late, stranger = Page(web, eleni, was), Page(web, leila, hers)
        assert soon(lambda late=late: mine in late.hints, 30)
        assert talk in late.hints
        assert (late.said, late.missed) == ([], 0)
        assert "trees" not in json.dumps(late.hints)
        assert (stranger.hints, stranger.missed) == ([], 0), "whoever may not read it is told nothing of it"
    time.sleep(2 * SKEW)
    newer = Page(other, eleni, since(one, eleni))
    newer.line.sleep(0.5)
    assert (newer.hints, newer.missed) == ([], 0), "what the page shows already is not told again"


def test_a_page_of_which_the_process_cannot_know_what_it_missed_is_told_to_ask(web, signed_in):
    old = Page(web, signed_in("Eleni"), since(web, signed_in("Eleni")) - 3_600_000)
    assert soon(lambda: old.missed == 1, 30)
    assert Page(web, signed_in("Eleni")).missed == 0, "one that comes back asks by itself"


def test_pages_are_told_to_ask_when_a_process_had_lost_the_line_to_the_others(web, signed_in, servers):
    page = Page(web, signed_in("Eleni"))
    line = redis.Redis.from_url(servers.redis_url)
    assert soon(lambda: line.pubsub_numsub("collab-sockets")[0][1], 30)
    assert page.missed == 0
    line.client_kill_filter(_type="pubsub")
    assert soon(lambda: page.missed, 30)
    assert soon(lambda: line.pubsub_numsub("collab-sockets")[0][1], 30)
