"""Two web processes beside each other: either answers, and what is said in one is heard in the other.

Nothing of a talk is kept in a process, so a balancer before them need not know who was where (no sticky sessions).
"""

import http.client
import itertools
import json
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psutil

from tests.machine.copies import soon
from tests.messaging.serving import Page

HEADS = "/conversations/heads"


def asked(web, path, secret=None, token=None, tag=None, body=None, patience=60):
    """Status, ETag and content of an answer of that process."""
    headers = {"Accept": "application/json", **({"If-None-Match": tag} if tag else {})}
    headers |= {"Cookie": f"collab={secret}"} if secret else {"Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(web.address + path, data, headers | {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=patience) as answer:
            return answer.status, answer.headers["ETag"], json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers["ETag"], None


def test_where_the_line_is_blocked_heads_are_asked_of_whichever_process_answers(two_webs, signed_in, api_of, cast):
    one, other = two_webs
    eleni, nikos = signed_in("Eleni"), api_of("Nikos").token
    talk = f"/api/v1/units/{cast.PARKS}/messages"
    assert asked(one, talk, token=nikos, body={"text": "Two trees are down", "nonce": "1"})[0] == 201
    status, tag, before = asked(one, HEADS, eleni)
    assert status == 200
    assert asked(other, HEADS, eleni, tag=tag)[0] == 304, "the other knows the tag, and that nothing was said since"
    for number, web in enumerate((other, one, other), 2):
        assert asked(web, talk, token=nikos, body={"text": f"And a {number}.", "nonce": str(number)})[0] == 201
    told = [asked(web, HEADS, eleni, tag=tag) for web in two_webs]
    assert [each[0] for each in told] == [200, 200]
    assert told[0][1:] == told[1][1:] != (tag, before)
    assert [each["last_seq"] for each in told[0][2]["items"] if each["id"] == cast.PARKS] == [4]
    missed = [asked(web, f"{talk}?after=1", token=nikos)[2] for web in two_webs]
    assert missed[0] == missed[1]
    assert [each["seq"] for each in missed[0]["items"]] == [2, 3, 4]


def test_what_is_said_in_one_process_is_heard_in_the_other_once_and_one_nonce_is_one_message(
    two_webs, signed_in, api_of, cast
):
    one, other = two_webs
    pages = [Page(web, signed_in("Eleni")) for web in two_webs]
    nikos, talk = api_of("Nikos").token, f"/api/v1/units/{cast.PARKS}/messages"
    for web, text in ((one, "From the first"), (other, "From the second")):
        assert asked(web, talk, token=nikos, body={"text": text, "nonce": text.replace(" ", "-")})[0] == 201
        assert soon(lambda text=text: all(text in page.said for page in pages), 30)
    with ThreadPoolExecutor(2) as hands:
        body = {"text": "Pressed twice", "nonce": "twice"}
        said = list(hands.map(lambda web: asked(web, talk, token=nikos, body=body), two_webs))
    assert [each[0] for each in said] == [201, 201]
    assert said[0][2]["id"] == said[1][2]["id"]
    assert soon(lambda: all("Pressed twice" in page.said for page in pages), 30)
    for page in pages:
        assert page.said == ["From the first", "From the second", "Pressed twice"]
        page.line.disconnect()


class Said:
    """One who says one thing after another, in turn to the processes that stand; each under its nonce until it was
    acknowledged, whoever acknowledges it."""

    def __init__(self, webs, token, path, who):
        self.webs, self.token, self.path, self.who = webs, token, path, who
        self.acknowledged, self.tries, self.over = {}, 0, threading.Event()
        self.thread = threading.Thread(target=self._say, daemon=True)
        self.thread.start()

    def _say(self):
        for number in itertools.count():
            text, body = f"{self.who} {number}", None
            for web in itertools.cycle(self.webs[number % 2 :] + self.webs[: number % 2]):
                self.tries += 1
                with suppress(OSError, http.client.HTTPException):
                    sent = {"text": text, "nonce": f"{self.who}-{number}"}
                    status, _tag, body = asked(web, self.path, token=self.token, body=sent, patience=2)
                    if status in (200, 201):
                        break
                time.sleep(0.1)
            self.acknowledged[body["seq"]] = text
            if self.over.wait(0.15):
                return


def test_a_process_that_stands_still_for_ten_seconds_loses_nothing_and_says_nothing_twice(
    two_webs, signed_in, api_of, cast
):
    still, other = two_webs
    pages = [Page(web, signed_in("Eleni")) for web in two_webs]
    talk = f"/api/v1/units/{cast.PARKS}/messages"
    writers = [Said(two_webs, api_of(name).token, talk, name) for name in ("Nikos", "Eleni")]
    assert soon(lambda: all(len(page.said) > 10 for page in pages), 60)
    serving = psutil.Process(still.process.pid)
    stopped = [serving, *serving.children(recursive=True)]
    for each in stopped:
        each.suspend()
    before, heard = sum(len(one.acknowledged) for one in writers), len(pages[0].said)
    time.sleep(10)
    meanwhile = sum(len(one.acknowledged) for one in writers)
    assert meanwhile > before + 5, "whoever is sent to the other goes on"
    assert len(pages[0].said) <= heard + 1
    for each in stopped:
        each.resume()
    assert soon(lambda: sum(len(one.acknowledged) for one in writers) > meanwhile + 10, 60)
    for one in writers:
        one.over.set()
        one.thread.join(30)
    acknowledged = dict(item for one in writers for item in one.acknowledged.items())
    assert sum(one.tries for one in writers) > len(acknowledged), "some of it was sent again"
    everything = [acknowledged[seq] for seq in sorted(acknowledged)]
    assert sorted(acknowledged) == list(range(1, len(acknowledged) + 1)), "no gap, and nothing said twice"
    kept = []
    while more := asked(other, f"{talk}?after={len(kept)}&limit=200", token=api_of("Nikos").token)[2]["items"]:
        kept += [one["text"] for one in more]
    assert kept == everything
    for page in pages:
        assert soon(lambda page=page: len(page.said) >= len(everything), 60)
        # Two who speak at once are told in the order in which each was taken; a page puts it in order by the numbers.
        assert sorted(page.said) == sorted(everything), "the line itself lost nothing meanwhile, and told nothing twice"
        page.line.disconnect()
