"""Much said up the line in a moment is refused with the time to wait; others are heard, and no message is lost."""

import threading

from collab.core.errors import TooMany
from collab.web.hurry import LINE, PERSON, Hurry
from tests.messaging.serving import Page

V1 = "/api/v1"
MANY = 400


def refused(hurry, sid, person=1):
    try:
        hurry.hold_back(sid, person)
    except TooMany as held:
        return held.retry_after
    return 0


def test_a_line_and_a_person_have_a_pace_and_whoever_waits_is_heard_again():
    now = [1000.0]
    hurry = Hurry(lambda: now[0])
    assert [refused(hurry, "a") for _word in range(LINE.most + 2)] == [0] * LINE.most + [LINE.within] * 2
    assert [refused(hurry, "b") for _word in range(LINE.most)] == [0] * LINE.most
    assert refused(hurry, "c") == PERSON.within  # a third page of theirs is no way round, and a new line is none
    for sid in "abc":
        hurry.forget(sid, 1)
    assert refused(hurry, "d") == PERSON.within
    assert refused(hurry, "e", person=2) == 0
    now[0] += PERSON.within
    assert refused(hurry, "d") == 0


def test_a_flood_up_a_real_line_is_answered_and_takes_nothing_from_others(web, signed_in, api_of, cast, tell):
    nikos = api_of("Nikos")
    talk = nikos.post(f"{V1}/units/{cast.PARKS}/messages", json={"text": "Storm", "nonce": "a"}).json["conversation"]
    loud, calm = Page(web, signed_in("Eleni")), Page(web, signed_in("Giorgos"))
    answers, whole = [], threading.Event()

    def answered(told):
        answers.append(told)
        if len(answers) == MANY:
            whole.set()

    for number in range(MANY):
        event = ("seen", "typing", "no-such-event")[number % 3]
        loud.line.emit(event, {"conversation": talk, "seq": 1}, callback=answered)
    assert whole.wait(60), len(answers)
    held = [told for told in answers if told["status" if not told["ok"] else "ok"] == 429]
    assert len(held) == MANY - LINE.most
    assert all(1 <= told["retry_after"] <= LINE.within and "Wait" in told["reason"] for told in held)
    # Others are heard, and what is said over HTTP, by whoever flooded too, is kept and reaches both.
    assert calm.line.call("seen", {"conversation": talk, "seq": 1}) == {"ok": True, "seq": 1}
    for name in ("Eleni", "Nikos"):
        sent = api_of(name).post(f"{V1}/units/{cast.PARKS}/messages", json={"text": name, "nonce": f"n-{name}"})
        assert sent.status_code == 201
    tell()
    kept = nikos.get(f"{V1}/conversations/{talk}/messages").json["items"]
    assert [one["text"] for one in kept] == ["Storm", "Eleni", "Nikos"]
    assert loud.line.connected
    for page in (loud, calm):
        page.line.disconnect()
