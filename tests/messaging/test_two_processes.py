"""Two web processes beside each other: either answers, and what is said in one is heard in the other.

Nothing of a talk is kept in a process, so a balancer before them need not know who was where (no sticky sessions).
"""

import json
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from tests.machine.copies import soon
from tests.messaging.serving import Page

HEADS = "/conversations/heads"


def asked(web, path, secret=None, token=None, tag=None, body=None):
    """Status, ETag and content of an answer of that process."""
    headers = {"Accept": "application/json", **({"If-None-Match": tag} if tag else {})}
    headers |= {"Cookie": f"collab={secret}"} if secret else {"Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(web.address + path, data, headers | {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
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
