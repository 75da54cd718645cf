"""An e-mail ends the wait for somebody outside: once, with the sender it states, whatever it carries."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from collab.cli import mail
from collab.core.db import writing
from collab.people.models import Person
from collab.work.mail_reading import literal, read_message
from tests.work.making import make

MESSAGE = (
    b"From: Forestry Office <office@forestry.example>\r\nTo: answers+x@city.example\r\n"
    b"Subject: =?utf-8?b?zobOtM61zrnOsQ==?=\r\nMessage-ID: <1@forestry.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\nWe *agree*.\r\n> What do you say?\r\n@[Eleni](party:%d) #1\r\n"
)


@pytest.fixture
def item(app, actor_of, cast):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni)


@pytest.fixture
def wait(item, api_of):
    """Eleni awaits something of an office outside."""
    asked = {"outsider": {"name": "Forestry Office"}, "what": "The felling permit", "stops_clock": True}
    answer = api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json=asked)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


@pytest.fixture
def hook(wait, api_of):
    made = api_of("Eleni").put(f"/api/v1/waits/{wait}/answer-address")
    assert made.headers["Cache-Control"] == "no-store"
    assert made.json["mail"] is None
    return made.json["hook"].removeprefix("http://localhost:8000")


def sent(app, hook, raw, **more):
    return app.test_client().post(f"{hook}/message", data=raw, headers={"Content-Type": "message/rfc822"}, **more)


def ended(api_of, wait):
    return api_of("Eleni").get(f"/api/v1/waits/{wait}").json["ended_how"]


def words(page):
    """A page without the links that were made of addresses in it."""
    return re.sub(r"</?a[^>]*>", "", page)


def test_a_message_as_it_travels_ends_the_wait_and_stands_in_talk_and_history(
    app, hook, wait, item, api_of, client_of, cast, tell
):
    answer = sent(app, hook, MESSAGE % cast.Nikos)
    assert (answer.status_code, answer.json) == (200, {"taken": True})
    assert ended(api_of, wait) == "answered"
    said = client_of("Eleni").get("/work-items/PARKS-1").text
    assert "By e-mail from Forestry Office &lt;office@forestry.example&gt;: Άδεια" in words(said)
    assert "We *agree*." in said
    assert "What do you say?" in said
    history = client_of("Eleni").get("/work-items/PARKS-1/history").text
    assert "came by e-mail from <bdi>Forestry Office &lt;office@forestry.example&gt;</bdi>" in history
    tell()
    heard = {one["subject"]["id"]: one["reasons"] for one in api_of("Eleni").get("/api/v1/notifications").json["items"]}
    assert "answered" in heard[item]
    assert item not in {one["subject"]["id"] for one in api_of("Nikos").get("/api/v1/notifications").json["items"]}


def test_the_same_message_again_changes_nothing_and_another_one_finds_nothing(app, hook, item, client_of, cast):
    raw = MESSAGE % cast.Nikos
    assert [sent(app, hook, raw).status_code for _ in range(3)] == [200, 200, 200]
    assert client_of("Eleni").get("/work-items/PARKS-1").text.count("By e-mail from") == 1
    assert sent(app, hook, raw.replace(b"<1@", b"<2@")).status_code == 404
    json = {"from": "x@y.example", "text": "No."}
    assert app.test_client().post(hook, json=json).status_code == 404


def test_messages_that_come_at_the_same_moment_are_one_answer(app, hook, cast, api_of, wait):
    raws = [MESSAGE % cast.Nikos, MESSAGE % cast.Nikos, (MESSAGE % cast.Nikos).replace(b"<1@", b"<2@")]
    with ThreadPoolExecutor(3) as pool:
        codes = sorted(answer.status_code for answer in pool.map(lambda raw: sent(app, hook, raw), raws))
    assert codes in ([200, 200, 404], [200, 404, 404])
    assert ended(api_of, wait) == "answered"


def test_it_may_come_taken_apart(app, hook, client_of, item):
    given = {"from": "Forestry <f@forestry.example>", "subject": "Permit", "text": "Yes.", "message_id": "<9@x>"}
    client = app.test_client()
    assert client.post(hook, json=given).json == {"taken": True}
    assert client.post(hook, json=given).json == {"taken": True}
    assert "By e-mail from Forestry &lt;f@forestry.example&gt;: Permit" in words(
        client_of("Eleni").get("/work-items/PARKS-1").text
    )
    for wrong in ({}, {"from": "", "text": "x"}, {"from": "a", "text": ""}, {"from": "a", "text": 5}, given | {"x": 1}):
        assert client.post(hook, json=wrong).status_code == 422, wrong


@pytest.mark.parametrize(
    "head", [b"Auto-Submitted: auto-replied\r\n", b"Content-Type: multipart/report; boundary=b\r\n"]
)
def test_what_no_person_wrote_is_no_answer(app, hook, wait, api_of, head):
    raw = head + b"From: a@b.example\r\nMessage-ID: <7@x>\r\n\r\nI am away.\r\n"
    assert sent(app, hook, raw).json == {"taken": False}
    assert ended(api_of, wait) is None


def test_a_wrong_a_withdrawn_and_a_replaced_secret_are_absence(app, hook, wait, api_of, cast):
    raw = MESSAGE % cast.Nikos
    for wrong in ("/api/v1/answers/x", "/api/v1/answers/" + "0" * 40, f"{hook[:-1]}", f"{hook}é"):
        assert sent(app, wrong, raw).status_code == 404, wrong
    eleni = api_of("Eleni")
    assert eleni.put(f"/api/v1/waits/{wait}/answer-address").status_code == 200
    assert sent(app, hook, raw).status_code == 404
    assert eleni.delete(f"/api/v1/waits/{wait}/answer-address").status_code == 204
    assert eleni.get(f"/api/v1/waits/{wait}/answer-address").status_code == 404
    assert ended(api_of, wait) is None


def test_it_ends_with_the_account_of_whoever_made_it(app, hook, wait, api_of, cast):
    with app.app_context(), writing() as session:
        session.execute(update(Person).where(Person.id == cast.Eleni).values(active=False))
    assert sent(app, hook, MESSAGE % cast.Nikos).status_code == 404


def test_other_content_and_too_much_of_it_is_refused(app, hook, wait, api_of):
    assert app.test_client().post(f"{hook}/message", data=b"From: a").status_code == 415
    assert sent(app, hook, b"From: a@b\r\n\r\n" + b"x" * 5_100_000).status_code == 413
    assert ended(api_of, wait) is None
    assert sent(app, hook, b"From: a@b\r\n\r\n" + b"x" * 4_900_000).json == {"taken": True}


def test_only_whoever_asked_makes_one_and_only_for_somebody_outside(wait, item, api_of, client_of, cast):
    assert api_of("Maria").put(f"/api/v1/waits/{wait}/answer-address").status_code in (403, 404)
    inside = api_of("Eleni").post(f"/api/v1/work-items/{item}/waits", json={"of": cast.Nikos, "what": "A word"})
    number = inside.json["id"]
    assert api_of("Eleni").put(f"/api/v1/waits/{number}/answer-address").status_code == 409
    assert client_of("Eleni").get(f"/waits/{number}/answer-address").status_code == 404


def test_the_page_shows_the_address_once(app, client_of, wait, cast):
    app.config["ANSWERS_TO"] = "answers@city.example"
    eleni = client_of("Eleni")
    try:
        assert f'href="/waits/{wait}/answer-address"' in eleni.get("/work-items/PARKS-1").text
        assert "Make an address" in eleni.get(f"/waits/{wait}/answer-address").text
        made = eleni.put(f"/waits/{wait}/answer-address")
        secret = re.search(r"answers\+([0-9a-f]{40})@city\.example", made.text)[1]
        assert made.headers["Cache-Control"] == "private, no-store"
        later = eleni.get(f"/waits/{wait}/answer-address").text
        assert secret not in later
        assert "There is an address, made" in later
        assert sent(app, f"/api/v1/answers/{secret}", MESSAGE % cast.Nikos).json == {"taken": True}
    finally:
        app.config["ANSWERS_TO"] = None


def test_what_comes_to_a_wrong_secret_is_not_even_read(app, hook, monkeypatch):
    monkeypatch.setattr("collab.work.api.mailed.read_message", lambda raw: pytest.fail("it was read"))
    assert sent(app, "/api/v1/answers/" + "0" * 40, b"From: a@b.example\r\n\r\nx").status_code == 404


def test_garbled_heads_and_character_sets_are_answers_too(app, hook, wait, api_of):
    raw = b"From: " + b"(" * 500 + b"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+2AA- yes " + b"*" * 16_000
    assert sent(app, hook, raw).json == {"taken": True}
    assert ended(api_of, wait) == "answered"


def test_a_message_that_says_nothing_leaves_the_wait(app, hook, wait, api_of):
    assert sent(app, hook, b"From: a@b.example\r\n\r\n \r\n").json == {"taken": False}
    assert app.test_client().post(hook, json={"from": " ", "text": "x"}).status_code == 422
    assert ended(api_of, wait) is None


def test_what_cannot_be_taken_now_is_kept_by_the_mail_server(app, hook, monkeypatch):
    monkeypatch.setattr(mail, "application", lambda: app)
    monkeypatch.setattr("collab.work.mailed.opened_by", lambda _secret: 1 / 0)
    later = CliRunner().invoke(mail.command, ["receive", "--secret", "0" * 40], input=BytesIO(b"From: a\r\n\r\nx"))
    assert later.exit_code == 75


def test_a_mail_server_hands_a_message_to_the_command(app, hook, wait, api_of, monkeypatch, cast):
    monkeypatch.setattr(mail, "application", lambda: app)
    secret = hook.rsplit("/", 1)[1]
    raw = (MESSAGE % cast.Nikos).replace(b"answers+x@", f"answers+{secret.upper()}@".encode())
    nobody = CliRunner().invoke(mail.command, ["receive", "--to", "answers@city.example"], input=BytesIO(raw))
    assert nobody.exit_code == 67
    wrong = CliRunner().invoke(mail.command, ["receive", "--secret", "0" * 40], input=BytesIO(raw))
    assert wrong.exit_code == 67
    taken = CliRunner().invoke(mail.command, ["receive"], input=BytesIO(raw))
    assert (taken.exit_code, taken.output) == (0, "Taken as the answer.\n")
    assert ended(api_of, wait) == "answered"


CROWD = b", ".join(b"a.long.name.of.somebody.else.%02d@a.department.example" % n for n in range(90))


@pytest.mark.parametrize(
    "before",
    [b"To: " + CROWD + b",\r\n ", b"Delivered-To: office@city.example\r\n" * 1_100 + b"To: "],
    ids=["others", "hops"],
)
def test_the_address_is_found_behind_a_hundred_others(app, hook, monkeypatch, before):
    monkeypatch.setattr(mail, "application", lambda: app)
    raw = before + b"answers+%s@city.example\r\nFrom: a@b.example\r\n\r\nYes" % hook.rsplit("/", 1)[1].encode()
    assert len(CROWD) > 4_000
    taken = CliRunner().invoke(mail.command, ["receive"], input=BytesIO(raw))
    assert (taken.exit_code, taken.output) == (0, "Taken as the answer.\n")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"", ""),
        (b"\xff\xfe garbage", ""),
        (b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xce\x9d\xce\xb1\xce\xaf", "Ναί"),
        (b"Content-Type: text/html\r\n\r\n<style>x</style><p>One<br>two &lt;b&gt;<script>y</script>", "One\ntwo <b>"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nWords\r\n--b\r\n"
         b"Content-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nJVBE\r\n--b--", "Words"),
        (b"Content-Type: multipart/mixed\r\n\r\nno boundary", ""),
        (b"Content-Transfer-Encoding: base64\r\n\r\n!!!!", ""),
        (b"Subject: a\r\n\r\na\x00b\x1b[31m\r\n\r\n\r\n\r\nc", "ab[31m\n\nc"),
    ],
)  # fmt: skip
def test_garbled_messages_are_read_as_far_as_they_go(raw, text):
    found = read_message(raw)
    assert found.text == text or (text == "" and len(found.text) < 40)
    assert found.key


def test_a_long_text_is_cut_and_a_subject_stays_on_its_line():
    found = read_message(b"From: a@b\r\nSubject: one\r\n two\r\n\r\n" + b"word " * 10_000)
    assert found.subject == "one two"
    assert len(found.text) < 15_010
    assert found.text.endswith("…")


def test_nothing_in_a_mail_is_read_as_markdown_but_its_quotations():
    text = "@[Eleni](party:7) <b>*x* `y` &copy;\n# head\n===\n- one\n1. two\n> quoted\n    code"
    assert literal(text) == (
        "@\\[Eleni\\](party:7) \\<b>\\*x\\* \\`y\\` \\&copy;\n\\# head\n\\===\n\\- one\n1\\. two\n> quoted\n\n   code"
    )


def test_nothing_is_drawn_in_a_quotation_either():
    text = "> # x\n>- y\n> > 1) z\n>      code\n>\t\tcode\n>===\n>>>>>>>>> deep"
    assert literal(text) == "> \\# x\n> \\- y\n>> 1\\) z\n> code\n> code\n> \\===\n>>>>> deep"
