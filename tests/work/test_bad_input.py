"""Whatever is sent to the doors of work, the answer is a clear refusal and nothing is half saved."""

import json

import pytest

from tests.work.making import make

ODD = ["", " ", "\0", "\ud800", "x" * 60_000, "‮gpj.exe", "<script>", "-1", "0", "1.5", "99999999999999999999", "null"]
JSON_ODD = [None, [], {}, True, -1, 0, 2**63, 1.5, "", "x" * 60_000, "\0", "\ud800", ["x"], {"a": 1}]


@pytest.fixture
def item(app, cast, actor_of):
    with app.app_context():
        return make(actor_of("Eleni"), cast.PARKS, cast.Eleni, title="Pine")


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("/work-items/PARKS-1/waits", ("of", "of_name", "item", "what", "until", "stops_clock", "unknown")),
        ("/work-items/PARKS-1/handovers", ("to", "to_name", "note", "unknown")),
        ("/work-items/PARKS-1/holder?_method=PUT", ("holder", "holder_name", "unknown")),
        ("/work-items/PARKS-1/cancellation", ("reason", "unknown")),
        ("/work-items/PARKS-1?_method=PATCH", ("title", "version", "due_on", "parent", "labels", "unknown")),
        ("/work-items/PARKS-1/messages", ("text", "nonce", "reply_to", "unknown")),
    ],
)
def test_a_form_with_anything_in_it_is_taken_or_refused(client_of, item, address, fields):
    eleni = client_of("Eleni")
    for field in fields:
        for value in ODD:
            answer = eleni.post(address, data={field: value.encode("utf-8", "surrogatepass")})
            wanted = (400,) if value == "\ud800" else (303, 403, 409, 412, 413, 422)
            assert answer.status_code in wanted, f"{field}={value!r}: {answer.status_code}"


@pytest.mark.parametrize(
    ("method", "address", "fields"),
    [
        ("POST", "/waits", ("of", "item", "what", "until", "stops_clock", "unknown")),
        ("POST", "/handovers", ("to", "note", "unknown")),
        ("PUT", "/holder", ("holder", "unknown")),
        ("POST", "/completion", ("outcome", "unknown")),
        ("POST", "/cancellation", ("reason", "unknown")),
        ("PATCH", "", ("title", "body", "priority", "start_on", "due_on", "reach", "labels", "parent", "unknown")),
        ("POST", "/messages", ("text", "nonce", "reply_to", "unknown")),
    ],
)
def test_json_with_anything_in_it_is_taken_or_refused(api_of, item, method, address, fields):
    api = api_of("Eleni")
    for field in fields:
        for value in JSON_ODD:
            answer = api.open(f"/api/v1/work-items/{item}{address}", method=method, json={field: value})
            assert answer.status_code < 500, f"{field}={value!r}: {answer.status_code}"
            if answer.status_code >= 400:
                assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        "state=sleeping", "after=x", "after=%00", "limit=0", "limit=201", "limit=x", "kind=1", "order=title",
        "holder=somebody", "unit=" + "x" * 61, "text=" + "x" * 201, "below=perhaps",
    ],
)  # fmt: skip
def test_a_wrong_filter_is_refused_never_ignored(client_of, api_of, item, query):
    assert client_of("Eleni").get(f"/work-items?{query}").status_code == 422
    refused = api_of("Eleni").get(f"/api/v1/work-items?{query}")
    assert refused.status_code == 422
    assert refused.get_json()["errors"]


@pytest.mark.parametrize(
    "query", ["text=%27+%3A%2A", "text=%5C", "text=%26%7C%21", "label=%25", "text=٪", "text=%ED%A0%80"]
)
def test_signs_of_other_languages_are_only_words(client_of, item, query):
    assert client_of("Eleni").get(f"/work-items?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/work-items/NO-1", "/work-items/0", "/work-items/99999999999999999", "/work-items/-1", "/work-items/PARKS-",
     "/handovers/404/return", "/waits/404/answer", "/units/NO/pending-items", "/work-items/9007199254740993"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client_of, api_of, item, address):
    assert client_of("Eleni").get(address).status_code == 404
    assert api_of("Eleni").get(f"/api/v1{address}").status_code in (404, 405)


def test_a_side_or_cursor_that_is_none_is_refused(client_of, item):
    eleni = client_of("Eleni")
    assert eleni.get("/units/PARKS/pending-items?side=left").status_code == 422
    assert eleni.get("/units/PARKS/pending-items?after=zzz").status_code == 422
    assert eleni.get("/work-items/PARKS-1/history?after=zzz").status_code == 422


@pytest.mark.parametrize("odd", ["99999999999999999999", "²", "٣", "-1"])
def test_a_form_is_shown_again_whatever_stood_for_somebody(client_of, cast, odd):
    kostas = client_of("Kostas")
    asked = [
        kostas.post("/decisions", data={"title": "", "unit": odd, "chair": odd, "people": [odd, odd]}),
        kostas.post("/meetings", data={"title": "", "unit": odd, "chair": odd, "secretary": odd, "people": [odd, odd]}),
        kostas.post("/pending-items", data={"title": "", "unit": odd, "rule": odd, "holder": odd, "priority": odd}),
        kostas.post("/legal-holds", data={"unit": odd, "reason": ""}),
    ]
    assert [answer.status_code for answer in asked] == [422] * 4


def test_the_public_doors_for_mail_take_or_refuse_anything_in_words(app, cast, item, api_of):
    eleni = api_of("Eleni")
    asked = {"of": cast.forestry, "what": "The felling permit"}
    wait = eleni.post(f"/api/v1/work-items/{item}/waits", json=asked).json["id"]
    hook = eleni.put(f"/api/v1/waits/{wait}/answer-address").json["hook"].partition("/api/")[2]
    good = {"from": "a@b.example", "subject": "s", "text": "t", "message_id": "<1@b.example>"}
    odd = [{**good, field: value} for field in (*good, "unknown") for value in JSON_ODD]
    sent = [{"data": json.dumps(one), "content_type": "application/json"} for one in odd]
    sent += [{"data": raw, "content_type": "application/json"} for raw in (b"", b"{", b"[" * 50_000, b"null", b"\xff")]
    sent += [{"data": raw, "content_type": "message/rfc822"} for raw in (b"", b"\0" * 9, b"\xff\xfe", b"From:\n" * 900)]
    answers = [app.test_client().post(f"/api/{hook}{path}", **one) for one in sent for path in ("", "/message")]
    assert {answer.status_code for answer in answers} <= {200, 404, 415, 422, 400, 429}
    assert all(answer.json["detail"] for answer in answers if answer.status_code >= 400)
    assert {200, 415, 422, 400} <= {answer.status_code for answer in answers}
