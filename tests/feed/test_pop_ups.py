"""Pop-ups: sealed for one browser alone, at once, once, not in quiet hours, not of what was read or is out of sight,
only to services outside, and an end when the browser is gone or signed out."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy import select, update

from collab.core.db import db, writing
from collab.feed.models import Notification
from collab.feed.pushing import sending
from collab.feed.pushing.models import PushMessage, PushSubscription
from collab.feed.pushing.sealing import CURVE, decoded, encoded, own_key, point, sealed
from collab.work.models import Participant, WorkItem
from tests.work.making import make

from .push_service import PREFERENCES, SUBSCRIPTIONS, Browser, kept


def hide(app, item: int, person: int) -> None:
    """It is for named people only from now on, and this person is none of them."""
    with app.app_context(), writing() as session:
        session.execute(update(WorkItem).where(WorkItem.id == item).values(reach="named"))
        session.execute(
            update(Participant)
            .where(Participant.item_id == item, Participant.party_id == person)
            .values(until=datetime(2026, 11, 22, tzinfo=UTC))
        )


def test_the_example_of_the_rfc_is_sealed_byte_for_byte():
    """RFC 8291, section 5 and appendix A."""
    receiver = decoded("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
    sender = ec.derive_private_key(int.from_bytes(decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), CURVE)
    body = sealed(
        b"When I grow up, I want to be a watermelon", receiver, decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"), sender=sender, step=1,
    )  # fmt: skip
    assert encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_mention_pops_up_at_once_and_once_signed_by_the_house(app, cast, eleni, item, write, pop, service):
    pop()
    assert len(service.handed) == 1, "the item that was given to her"
    service.handed.clear()
    write("Nikos", item, f"@[Eleni](party:{cast.Eleni}) the secret of the pine")
    pop()
    pop()
    [(endpoint, headers, body)] = service.handed
    said = eleni.opens(body)
    assert endpoint == eleni.endpoint
    assert said["title"] == "PARKS-1 · Fallen branches"
    assert "mentioned" in said["body"]
    assert said["href"].startswith("/notifications/")
    assert said["page"] == "/work-items/PARKS-1"
    assert b"pine" not in json.dumps(said).encode(), "what was written stays in the house"
    assert len(body) % 512 == 86 + 16, "the length says little"
    token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    signed, _dot, signature = token.rpartition(".")
    raw = decoded(signature)
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    public = own_key(app.config["SECRET_KEY"]).public_key()
    public.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))
    assert decoded(key) == point(public)
    claims = json.loads(urlsafe_b64decode(signed.split(".")[1] + "=="))
    assert claims["aud"] == "https://push.example.net"
    assert kept(app, PushMessage) == 0, "nothing is kept of what was taken"


def test_what_was_read_or_may_not_be_seen_or_is_not_wished_does_not_pop_up(
    app, cast, do, tell, eleni, pop, service, client_of, api_of
):
    read, hidden = (do(make, "Nikos", cast.PARKS, cast.Eleni, title) for title in ("Read", "Hidden"))
    do(make, "Nikos", cast.PARKS, cast.Eleni, "A complaint", reach="named")
    tell()
    client_of("Eleni").put(f"/inbox/work-items/{read}/reading")
    hide(app, hidden, cast.Eleni)
    pop()
    titles = [eleni.opens(body)["title"] for _endpoint, _headers, body in service.handed]
    assert titles == ["PARKS-3 · (for named people only)"]
    service.handed.clear()
    api_of("Eleni").patch(PREFERENCES, json={"choices": {"given": {"task": "digest"}}})
    do(make, "Nikos", cast.PARKS, cast.Eleni, "Not so urgent")
    pop()
    assert service.handed == []


def test_in_quiet_hours_and_over_free_days_it_waits(cast, do, eleni, pop, service, at):
    at(datetime(2026, 11, 27, 19, 0, tzinfo=UTC))  # a Friday, nine in the evening
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The lamp")
    pop()
    at(datetime(2026, 11, 29, 10, 0, tzinfo=UTC))
    pop()
    assert service.handed == []
    at(datetime(2026, 11, 30, 5, 1, tzinfo=UTC))  # Monday, seven
    pop()
    assert [eleni.opens(body)["title"] for _endpoint, _headers, body in service.handed] == ["PARKS-1 · The lamp"]


def test_what_was_held_back_over_a_weekend_is_told_in_one(cast, do, eleni, pop, service, at):
    at(datetime(2026, 11, 27, 19, 0, tzinfo=UTC))
    for number in range(4):
        do(make, "Nikos", cast.PARKS, cast.Eleni, f"Lamp {number}")
    pop()
    at(datetime(2026, 11, 30, 5, 1, tzinfo=UTC))
    pop()
    [(_endpoint, _headers, body)] = service.handed
    said = eleni.opens(body)
    assert (said["title"], said["href"]) == ("4 items with news for you", "/inbox")
    assert "PARKS-4" in said["body"]


def test_a_service_that_does_not_answer_is_asked_again_and_a_browser_that_is_gone_is_forgotten(
    app, cast, do, eleni, pop, service, at
):
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The lamp")
    service.answers = [OSError("no route"), 503]
    pop()
    assert (service.handed, kept(app, PushMessage)) == ([], 1)
    for minute in (31, 34, 38):
        at(datetime(2026, 11, 23, 7, minute, tzinfo=UTC))
        pop()
    assert service.asked == 1 + 3, "the first of all, and three times of which one was taken; none while it rests"
    assert [eleni.opens(body)["title"] for _e, _h, body in service.handed][-1] == "PARKS-1 · The lamp"
    assert kept(app, PushMessage) == 0
    service.answers = [410]
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The fence")
    pop()
    assert (kept(app, PushSubscription), kept(app, PushMessage)) == (0, 0)


def test_whoever_signs_out_hears_nothing_more_in_that_browser(app, cast, do, client_of, service, pop):
    client, browser = client_of("Eleni"), Browser()
    assert client.post("/profile/push-subscriptions", data=browser.says).status_code == 303
    page = client.get("/profile/hearing").text
    assert "on since" in page
    assert "Turn on in this browser" not in page
    pop()
    client.delete("/sign-in")
    service.handed.clear()
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The lamp")
    pop()
    assert service.handed == []


def test_a_session_that_nobody_used_for_a_week_shows_nothing_more(app, cast, client_of, do, service, pop, at):
    client, browser = client_of("Eleni"), Browser()
    assert client.post("/profile/push-subscriptions", data=browser.says).status_code == 303
    pop()
    service.handed.clear()
    at(datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert client.get("/profile/hearing").status_code != 200, "the door is shut by now"
    lamp = do(make, "Nikos", cast.PARKS, cast.Eleni, "The lamp")
    pop()
    assert service.handed == []
    with app.app_context():
        told = db.session.scalars(select(Notification).where(Notification.subject_id == lamp)).one()
        assert (told.push_at, told.mail_at is None) == (None, False), "so it stands in the daily mail alone"
        sending.forget_ended()
    assert kept(app, PushSubscription) == 0


def test_where_nothing_pops_up_one_hears_as_before(api_of, service):
    eleni, browser = api_of("Eleni"), Browser()

    def ways() -> list[str]:
        chosen = eleni.get(PREFERENCES).json["choices"]
        return [chosen[topic]["task"] for topic in ("given", "reminders", "ended")]

    assert ways() == ["digest", "inbox", "inbox"]
    eleni.patch(PREFERENCES, json={"choices": {"given": {"task": "digest"}}})
    one = eleni.post(SUBSCRIPTIONS, json=browser.says).json
    assert ways() == ["push", "push", "inbox"], "what was usual before was not chosen"
    eleni.patch(PREFERENCES, json={"choices": {"given": {"task": "digest"}}})
    assert ways() == ["digest", "push", "inbox"]
    eleni.delete(f"{SUBSCRIPTIONS}/{one['id']}")
    assert ways() == ["digest", "inbox", "inbox"]


def test_a_queue_that_does_not_answer_is_asked_once_a_turn(app, cast, do, tell, api_of, monkeypatch):
    for name in ("Eleni", "Nikos"):
        api_of(name).post(SUBSCRIPTIONS, json=Browser(name).says)
    tell()
    asked = []
    monkeypatch.setattr(sending.jobs, "enqueue", lambda name, *_args, **_more: asked.append(name) or False)
    with app.app_context():
        sending.ask_for_pop_ups()
    assert len(asked) == 1


def test_a_service_that_does_not_answer_is_left_alone_for_all(cast, do, eleni, api_of, pop, service, at):
    api_of("Nikos").post(SUBSCRIPTIONS, json=Browser("nikos").says)
    service.answers, service.asked = [TimeoutError()], 0
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The lamp")
    pop()
    assert (service.asked, service.handed) == (1, []), "one waits for it in vain, not everybody"
    at(datetime(2026, 11, 23, 7, 34, tzinfo=UTC))
    pop()
    assert sorted(endpoint[-5:] for endpoint, _headers, _body in service.handed) == ["eleni", "nikos"]


def test_what_was_turned_off_elsewhere_stays_off_until_somebody_presses(app, cast, do, client_of, api_of, service, pop):
    client, browser = client_of("Eleni"), Browser()
    client.post("/profile/push-subscriptions", data=browser.says)
    pop()
    client.delete("/sign-in")
    service.handed.clear()
    again = client_of("Eleni")
    assert again.post(SUBSCRIPTIONS, json={**browser.says, "again": True}).status_code == 201
    pop()
    assert service.handed == [], "it was greeted the first time"
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The lamp")
    pop()
    assert len(service.handed) == 1
    elsewhere = api_of("Eleni")
    [one] = elsewhere.get(SUBSCRIPTIONS).json["items"]
    assert elsewhere.delete(f"{SUBSCRIPTIONS}/{one['id']}").status_code == 204
    for signed_in in (again, client_of("Eleni")):
        assert signed_in.post(SUBSCRIPTIONS, json={**browser.says, "again": True}).status_code == 409
    do(make, "Nikos", cast.PARKS, cast.Eleni, "The fence")
    pop()
    with app.app_context():
        sending.forget_ended()
    assert (len(service.handed), elsewhere.get(SUBSCRIPTIONS).json["items"]) == (1, [])
    assert kept(app, PushSubscription) == 1, "it is remembered that it is off"
    assert elsewhere.delete(f"{SUBSCRIPTIONS}/{one['id']}").status_code == 404
    assert again.post(SUBSCRIPTIONS, json=browser.says).status_code == 201
    pop()
    assert browser.opens(service.handed[-1][2])["title"] == "Pop-ups are on in this browser"


def test_what_was_read_or_is_out_of_sight_before_it_was_taken_is_not_handed_in(
    app, cast, do, eleni, pop, service, at, client_of
):
    read, hidden = (do(make, "Nikos", cast.PARKS, cast.Eleni, title) for title in ("Read", "Hidden"))
    service.answers = [OSError("no route")]
    pop()
    assert (service.handed, kept(app, PushMessage)) == ([], 2)
    client_of("Eleni").put(f"/inbox/work-items/{read}/reading")
    hide(app, hidden, cast.Eleni)
    at(datetime(2026, 11, 23, 7, 34, tzinfo=UTC))
    pop()
    assert (service.handed, kept(app, PushMessage)) == ([], 0)


def test_beyond_ten_browsers_the_oldest_is_turned_off_and_nobody_ends_anothers(app, api_of):
    eleni, says = api_of("Eleni"), [Browser(str(number)).says for number in range(11)]
    ids = [eleni.post(SUBSCRIPTIONS, json=one).json["id"] for one in says]
    listed = eleni.get(SUBSCRIPTIONS).json
    assert [one["id"] for one in listed["items"]] == ids[:0:-1], "the newest first, without the oldest"
    assert len(decoded(listed["application_key"])) == 65
    assert "send/" not in json.dumps(listed), "the address is a secret between browser and house"
    assert [eleni.post(SUBSCRIPTIONS, json={**one, "again": True}).status_code for one in says[:2]] == [409, 201]
    assert api_of("Nikos").delete(f"{SUBSCRIPTIONS}/{ids[-1]}").status_code == 404
    assert eleni.delete(f"{SUBSCRIPTIONS}/{ids[-1]}").status_code == 204
    assert [one["id"] for one in eleni.get(SUBSCRIPTIONS).json["items"]] == ids[-2:0:-1]
