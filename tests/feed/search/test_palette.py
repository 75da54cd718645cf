"""What the field at the top offers to every key: things, people, and what may be done, all within sight."""

import pytest


@pytest.fixture
def offered(client_of):
    """`offered("Eleni", "bran")`: labels by group."""

    def ask(name, typed):
        answer = client_of(name).get("/palette", query_string={"q": typed})
        assert answer.status_code == 200
        return {group["key"]: group["options"] for group in answer.json["groups"]}

    return ask


@pytest.fixture
def town(opened, write, indexed, directory):
    item = opened("Nikos", "PARKS", "Fallen branches")
    opened("Nikos", "PARKS", "Hidden branches", reach="named")
    write("Nikos", item, "The forester wants photographs")
    indexed()


def labels(options):
    return [option["label"] for option in options]


def test_unfinished_words_offer_items_people_and_messages(town, offered):
    assert labels(offered("Eleni", "bran")["items"]) == ["Fallen branches"]
    assert labels(offered("Eleni", "nik pap")["people"]) == ["Nikos Pappas"]
    assert offered("Eleni", "photog")["messages"][0]["hint"] == "PARKS-1"
    assert "items" not in offered("Leila", "bran")
    assert "Parks" in labels(offered("Leila", "par")["people"])


def test_whoever_is_called_nearly_so_stands_below_what_was_found_as_it_was_typed(
    opened, write, indexed, directory, client_of
):
    item = opened("Nikos", "PARKS", "Fallen branches")
    write("Nikos", item, "The petrol pump of Bebis is empty")
    indexed()
    answer = client_of("Eleni").get("/palette", query_string={"q": "bebis"}).json["groups"]
    assert [one["key"] for one in answer][-2:] == ["messages", "near"]
    page = client_of("Eleni").get("/search", query_string={"q": "bebis"}).text
    assert page.index('id="found-messages"') < page.index('id="found-near"')
    assert page.count('id="found-near"') == 1
    assert client_of("Leila").get("/search", query_string={"q": "bebis"}).text.count('id="found-near"') == 1


def test_a_reference_stands_apart(town, offered):
    assert offered("Eleni", "parks1")["exact"] == offered("Eleni", "Parks 1")["exact"]
    [one] = offered("Eleni", "parks-1")["exact"]
    assert one["href"] == "/work-items/PARKS-1"
    assert "exact" not in offered("Leila", "parks-1")


def test_commands_are_found_by_any_of_their_words(town, offered):
    dark = offered("Eleni", "theme dark")["do"][0]
    assert (dark["label"], dark["press"]) == ("Dark appearance", '#me [name="theme"][value="dark"]')
    assert labels(offered("Eleni", "log out")["do"]) == ["Sign out"]
    assert offered("Eleni", "tasks")["do"][0]["href"] == "/tasks"
    assert labels(offered("Nikos", "σκουρ")["do"]) == ["Σκούρα εμφάνιση"]
    assert "Administration" not in labels(offered("Eleni", "admin").get("do", []))
    assert "Administration" in labels(offered("Kostas", "admin")["do"])


def test_what_a_command_presses_is_on_every_page(town, offered, client_of):
    page = client_of("Eleni").get("/tasks").text
    for typed in ("dark", "light", "contrast"):
        [one] = offered("Eleni", f"theme {typed}")["do"]
        value = one["press"].split('value="')[1].split('"')[0]
        assert f'name="theme" value="{value}"' in page
    for piece in (
        'name="locale" value="el"',
        'action="/sign-in?_method=DELETE"',
        'data-dialog="shortcuts"',
        'data-key="c"',
    ):
        assert piece in page


def test_nothing_typed_offers_what_one_last_worked_on_and_what_may_be_done(town, offered):
    empty = offered("Nikos", "")
    assert labels(empty["recent"]) == ["Fallen branches", "Hidden branches"]
    assert "recent" not in offered("Eleni", "")
    assert labels(empty["do"])[0]


def test_a_name_with_a_slip_is_asked_back(town, offered):
    assert labels(offered("Leila", "Katreina Duka")["near"]) == ["Katerina Douka"]


def test_the_answer_is_small_and_asks_few_statements(town, client_of, queries):
    client = client_of("Eleni")
    client.get("/palette?q=bran")
    with queries() as sent:
        answer = client.get("/palette?q=bran")
    assert len(sent.sent) <= 9, "\n".join(sent.sent)
    assert len(answer.data) < 3_000


def test_a_protocol_number_leads_to_its_item(town, offered, api_of, cast, indexed):
    for number, title in (("2026/11497", "Permit to fell"), ("24/777", "Noise"), ("24/7777", "Smell")):
        body = {"title": title, "unit": cast.PARKS, "source": "citizen", "protocol_number": number}
        made = api_of("Eleni").post("/api/v1/pending-items", json=body)
        assert made.status_code == 201, made.text
    indexed()
    assert labels(offered("Eleni", "2026/11497")["exact"]) == ["Permit to fell"]
    assert labels(offered("Eleni", "24/777")["exact"]) == ["Noise"]
    assert "exact" not in offered("Eleni", "24"), "several have it"
    assert "exact" not in offered("Leila", "2026/11497")
    api_of("Eleni").post("/api/v1/tasks", json={"title": "Chairs", "unit": cast.PARKS, "body": "For 4100 children"})
    indexed()
    found = offered("Eleni", "4100")
    assert ("exact" not in found, labels(found["items"])) == (True, ["Chairs"]), "a number in a text calls nothing"
    assert labels(offered("Eleni", "۲۰۲۶/۱۱۴۹۷")["exact"]) == ["Permit to fell"]
    for nth in range(7):
        body = {"title": f"2026/11497 again, {nth}", "unit": cast.PARKS}
        assert api_of("Eleni").post("/api/v1/tasks", json=body).status_code == 201
    indexed()
    assert labels(offered("Eleni", "2026/11497")["exact"]) == ["Permit to fell"], "however many speak of it"


def test_a_number_is_the_same_with_either_dash_and_however_many_unseen_ones_have_it(
    town, offered, api_of, cast, indexed
):
    for number, title in (("123–456", "Long dash"), ("99-1", "Short dash"), ("77", "Ours")):
        body = {"title": title, "unit": cast.PARKS, "protocol_number": number}
        assert api_of("Eleni").post("/api/v1/pending-items", json=body).status_code == 201
    for nth in range(60):
        body = {"title": f"Theirs {nth}", "unit": cast.FINANCE, "protocol_number": "77"}
        assert api_of("Leila").post("/api/v1/pending-items", json=body).status_code == 201
    indexed()
    for typed, title in (("123–456", "Long dash"), ("123-456", "Long dash"), ("99–1", "Short dash"), ("77", "Ours")):
        assert labels(offered("Eleni", typed)["exact"]) == [title], typed
    assert "exact" not in offered("Leila", "77"), "several have it"


def test_what_a_page_calls_new_is_found_by_that_name(town, offered):
    for typed, label in (
        ("new meeting", "New meeting"),
        ("new decision", "New decision"),
        ("new conv", "New conversation"),
        ("new task", "New task or pending item"),
        ("vote", "New decision"),
    ):
        assert label in labels(offered("Eleni", typed)["do"]), typed


def test_an_auditor_is_offered_nothing_that_they_may_not_begin(town, client_of):
    for address in ("/decisions/new", "/meetings/new", "/conversations/new"):
        assert address not in client_of("Reza").get("/palette?q=").text
        word = {"/decisions/new": "decision", "/meetings/new": "meeting", "/conversations/new": "conversation"}[address]
        assert address in client_of("Eleni").get(f"/palette?q=new {word}").text
    assert "/task-templates" not in client_of("Reza").get("/palette?q=الگو").text
    assert "/task-templates" in client_of("Eleni").get("/palette?q=template").text
    reza = client_of("Reza")
    shown = [reza.get("/palette", query_string={"q": word}).text for word in ("تصمیم", "جلسه", "گفتگو")]
    assert not any("/new" in each for each in shown)


def test_where_an_item_is_chosen_the_one_that_is_called_so_comes_first(town, client_of, opened, api_of, cast, indexed):
    body = {"title": "Permit to fell", "unit": cast.PARKS, "protocol_number": "2026/11497"}
    permit = api_of("Eleni").post("/api/v1/pending-items", json=body).json["reference"]
    for nth in range(9):
        opened("Nikos", "PARKS", f"PARKS-1 again, PARKS-1 and 2026/11497: {nth}")
    indexed()

    def chosen(typed, only=""):
        answer = client_of("Eleni").get("/palette/items", query_string={"q": typed, "only": only})
        return [one["id"] for one in answer.json["items"]]

    for typed in ("PARKS-1", "parks-1", "parks 1", "parks1"):
        assert (chosen(typed)[0], len(set(chosen(typed)))) == ("PARKS-1", 8), typed
    for typed in ("2026/11497", "۲۰۲۶/۱۱۴۹۷"):
        assert chosen(typed)[0] == permit, typed
    assert chosen("PARKS-1", only="state:open")[0] == "PARKS-1"
    assert "PARKS-1" not in chosen("PARKS-1", only="state:done")
    hidden = client_of("Leila").get("/palette/items?q=PARKS-1").json["items"]
    assert hidden == []
