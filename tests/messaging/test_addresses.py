"""Addresses that are copied from a page become what a reference that is typed becomes, for whoever may see it."""

import re

import pytest

V1 = "/api/v1"
OURS = "http://localhost:8000"


def say(client, talk, text):
    sent = client.post(f"{V1}/conversations/{talk}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast):
    form = {"title": "Storm", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


@pytest.fixture
def private(api_of, cast):
    """An item that Eleni sees and Sofia does not."""
    form = {"title": "Between us", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    return api_of("Eleni").post(f"{V1}/tasks", json=form).json["reference"]


@pytest.fixture
def seen(api_of, cast):
    """An item that everybody sees."""
    form = {"title": "Water the trees", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "all"}
    return api_of("Eleni").post(f"{V1}/tasks", json=form).json["reference"]


def shown(client, talk):
    """The text of the last message of a talk as HTML, and what its cards lead to."""
    page = client.get(f"/conversations/{talk}").text
    last = page.rsplit('class="message-text', 1)[1]
    return last, re.findall(r'<a class="message-card" href="([^"]*)"', last)


@pytest.mark.parametrize("kind", ["work-items", "tasks", "pending-items", "decisions", "meetings"])
@pytest.mark.parametrize("origin", [OURS, ""])
def test_the_address_of_an_item_is_shown_like_its_reference(api_of, client_of, talk, seen, private, kind, origin):
    say(api_of("Eleni"), talk, f"See {origin}/{kind}/{seen}, then {origin}/{kind}/{private}.")
    for name, both in (("Eleni", True), ("Sofia", False)):
        html, cards = shown(client_of(name), talk)
        assert f'See <a href="/work-items/{seen}" class="reference" dir="auto">{seen}</a>, then' in html
        linked = f'<a href="/work-items/{private}" class="reference" dir="auto">{private}</a>.' in html
        assert (linked, "Between us" in html) == (both, both), name
        assert f"/work-items/{seen}" in cards
        assert (f"/work-items/{private}" in cards) == both
    assert f"/{kind}/{private}" in html, "what was written stays written"


def test_the_address_of_a_message_becomes_its_card(api_of, client_of, cast, talk):
    eleni = api_of("Eleni")
    mine = eleni.post(f"{V1}/conversations", json={"title": "Mine", "members": []}).json["id"]
    secret = say(eleni, mine, "Nobody else reads this")
    for address in (f"{OURS}/messages/{secret}/place", f"/messages/{secret}/place"):
        say(eleni, talk, f"As I said: {address}")
        html, cards = shown(client_of("Eleni"), talk)
        link = f'<a href="/messages/{secret}/place" class="reference" dir="auto">Message of Eleni Markou</a>'
        assert link in html, address
        assert cards == [f"/messages/{secret}/place"]
        assert "Nobody else reads this" in html
        html, cards = shown(client_of("Sofia"), talk)
        assert (link in html, "Nobody else reads this" in html, cards) == (False, False, [])
        assert "It stands where you may not read it, or is gone." in html
        assert address in html


def test_words_that_somebody_wrote_stay_and_so_does_what_is_not_ours(api_of, client_of, talk, seen):
    say(
        api_of("Eleni"), talk,
        f"[the trees]({OURS}/tasks/{seen}) `{OURS}/tasks/{seen}` {OURS}/tasks/{seen}#files "
        f"https://elsewhere.example/tasks/{seen} {OURS}.evil.example/tasks/{seen} x/tasks/{seen} /tasks/{seen}/history",
    )  # fmt: skip
    html, cards = shown(client_of("Eleni"), talk)
    assert f'<a href="{OURS}/tasks/{seen}" rel="noopener nofollow">the trees</a>' in html
    assert f"<code>{OURS}/tasks/{seen}</code>" in html.replace(' dir="ltr"', "").replace(' dir="auto"', "")
    assert cards == [f"/work-items/{seen}"]
    assert 'class="reference"' not in html.split('class="message-cards')[0]


@pytest.mark.parametrize("written", ["/tasks/{}?tab=talk", "/tasks/{}#files", "[my words](/tasks/{})"])
def test_what_is_more_than_an_address_stays_as_it_was_written(api_of, client_of, talk, seen, written):
    say(api_of("Eleni"), talk, f"Look {written.format(seen)} there")
    html, cards = shown(client_of("Eleni"), talk)
    assert f"Look {written.format(seen)} there" in html
    assert cards == [f"/work-items/{seen}"]


def test_a_question_that_ends_with_an_address_leads_there(api_of, client_of, talk, seen):
    say(api_of("Eleni"), talk, f"Who does /tasks/{seen}? (Or /tasks/{seen}?)")
    html, _cards = shown(client_of("Eleni"), talk)
    link = f'<a href="/work-items/{seen}" class="reference" dir="auto">{seen}</a>'
    assert f"Who does {link}? (Or {link}?)" in html


def test_many_addresses_cost_a_page_no_more_statements(api_of, client_of, talk, seen, queries):
    eleni, page = api_of("Eleni"), client_of("Eleni")
    first = say(eleni, talk, f"{OURS}/tasks/{seen} and {OURS}/messages/1/place")
    shown(page, talk)
    with queries() as one:
        shown(page, talk)
    for number in range(5):
        say(eleni, talk, f"{number}: {OURS}/tasks/{seen} and {OURS}/messages/{first + number}/place")
    shown(page, talk)
    with queries() as many:
        shown(page, talk)
    assert len(many) == len(one)


def test_a_reference_in_the_letters_of_any_script_is_copied_as_the_browser_writes_it(app):
    from collab.messaging.cards import named_by

    with app.app_context():
        assert named_by(f"{OURS}/tasks/%CE%A0%CE%A1-7 /decisions/ΠΡ-8 {OURS}/tasks/PARKS-007") == ["ΠΡ-7", "ΠΡ-8"]
