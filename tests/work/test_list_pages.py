"""The list pages: the query as text and as chips, groups, columns, paging; mistakes are shown and mended."""

import re
from html import unescape
from urllib.parse import quote, unquote_plus

import pytest

from tests.work.making import day, make


def titles(page):
    return [part.split(">", 1)[1].split("<", 1)[0] for part in page.text.split('<a class="row-title"')[1:]]


def asked(client, query, path="/work-items", more=""):
    return client.get(f"{path}?query={quote(query)}{more}")


@pytest.fixture
def some(app, cast, actor_of):
    with app.app_context():
        eleni, maria = actor_of("Eleni"), actor_of("Maria")
        make(eleni, cast.PARKS, cast.Eleni, title="mine", due_on=day(24), labels=["storm"], priority=3)
        make(eleni, cast.PARKS, title="tray", kind="pending")
        make(eleni, cast.PARKS, cast.Nikos, title="his", due_on=day(30))
        make(maria, cast.ROADS, cast.Maria, title="for all", reach="all")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("holder:me", ["mine"]),
        ("χειριστής:nikos", ["his"]),
        ("desk:mine holder:nobody", ["tray"]),
        ("label:STORM OR kind:pending", ["mine", "tray"]),
        ("-unit:PARKS", ["for all"]),
        ("priority>=high due<2026-12-01", ["mine"]),
        ("mine", ["mine"]),
        ("", ["mine", "his", "tray", "for all"]),
    ],
)
def test_a_query_finds_what_it_says(client_of, some, query, found):
    assert titles(asked(client_of("Eleni"), query)) == found


def test_a_list_says_the_order_that_it_has(client_of, some):
    """Closed items have no index but that of the newest: where they are asked for, no other order is offered."""
    eleni = client_of("Eleni")
    by_due = asked(eleni, "holder:me", more="&order=due").text
    assert re.search(r'aria-sort="ascending"><a [^>]*order=due', by_due)
    assert "order=priority" in by_due
    with_closed = asked(eleni, "holder:me state:any", more="&order=due").text
    assert "aria-sort" not in with_closed
    assert "order=priority" not in with_closed
    assert "the newest come first" in with_closed


def test_the_tabs_of_a_list_ask_in_the_language_of_their_reader(client_of, some):
    greek = unquote_plus(client_of("Nikos").get("/tasks").text)
    assert "query=χειριστής:εγώ" in greek
    assert "query=holder:me" not in greek
    assert "query=holder:me" in unquote_plus(client_of("Eleni").get("/tasks").text)
    assert 'aria-current="page">Δικές μου' in client_of("Nikos").get("/tasks?query=holder:me").text


def test_each_condition_is_a_chip_with_a_way_to_be_rid_of_it(client_of, some):
    page = asked(client_of("Eleni"), "holder:me label:storm")
    assert (
        '<span class="filter"><bdi>Holder: me</bdi><a class="filter-remove" href="/work-items?query=label%3Astorm"'
        in page.text
    )
    assert titles(client_of("Eleni").get("/work-items?query=label%3Astorm")) == ["mine"]


def test_whoever_a_link_names_by_number_is_shown_by_name(client_of, template, some):
    eleni = client_of("Eleni")
    page = eleni.get("/work-items", query_string={"holder": template.Nikos}).text
    assert f'name="query" value="holder:#{template.Nikos}"' in page  # what is asked stays exact
    assert "<bdi>Holder: Nikos Pappas</bdi>" in page
    assert "<bdi>Holder: #999999999</bdi>" in eleni.get("/work-items", query_string={"holder": 999999999}).text


def test_what_is_left_out_is_said_in_words(client_of, some):
    page = client_of("Eleni").get("/work-items", query_string={"query": "-label:storm"}).text
    assert "<bdi>Label: not storm</bdi>" in page


def test_a_condition_is_added_without_knowing_the_language(client_of, some):
    eleni = client_of("Eleni")
    page = asked(eleni, "label:storm")
    assert 'href="/work-items?query=label%3Astorm+state%3Awaiting"' in page.text
    typed = {"list": "/tasks", "query": "label:storm", "field": "holder", "sign": "=", "value": 'Eleni "Markou'}
    there = eleni.get("/queries/condition", query_string=typed).headers["Location"]
    assert unquote_plus(there) == '/tasks?query=label:storm holder:"Eleni \\"Markou"'
    typed |= {"value": "Eleni Markou"}
    there = eleni.get("/queries/condition", query_string=typed).headers["Location"]
    assert titles(eleni.get(there)) == ["mine"]
    elsewhere = eleni.get("/queries/condition", query_string=typed | {"list": "//evil.example"})
    assert elsewhere.headers["Location"].startswith("/work-items?")


def test_a_mistake_is_marked_and_mended_with_one_click(client_of, some):
    eleni = client_of("Eleni")
    page = asked(eleni, "label:storm holdr:me")
    assert page.status_code == 422
    assert "<mark>holdr</mark>" in page.text
    assert 'value="label:storm holdr:me"' in page.text  # what was typed is kept
    there = unescape(page.text.split('<a class="link" href="')[1].split('"')[0])
    assert titles(eleni.get(there)) == ["mine"]


def test_nothing_that_is_typed_is_taken_for_html(client_of, some):
    page = asked(client_of("Eleni"), '<b>x</b>:"<script>"')
    assert page.status_code in (200, 422)
    assert "<b>x" not in page.text
    assert "<script>" not in page.text


@pytest.mark.parametrize("query", ["x" * 2001, "(" * 900, "%00", "holder:#999999999999999", "a" * 500, "\ud83d"])
def test_odd_queries_are_answered_or_refused(client_of, some, query):
    text = query if query == "%00" else quote(query, errors="surrogatepass")
    assert client_of("Eleni").get(f"/work-items?query={text}").status_code in (200, 404, 422)


def test_groups_say_how_many_there_are(client_of, some):
    page = asked(client_of("Nikos"), "", more="&group=holder")
    heads = [part.split(">")[1].split("<")[0] for part in page.text.split('<h2 class="section-title"')[1:]]
    assert heads == ["Eleni Markou", "Maria Lekka", "Nikos Pappas", "Parks"]
    assert page.text.count('</h2><span class="count">1</span>') == 4


@pytest.mark.parametrize("group", ["holder", "unit", "state", "priority", "none", "due"])
@pytest.mark.parametrize("order", ["due", "newest", "changed", "priority"])
def test_paging_keeps_its_place_in_every_order_and_group(app, client_of, cast, actor_of, group, order):
    with app.app_context():
        for n in range(9):
            holder = (cast.Eleni, cast.Nikos, None)[n % 3]
            make(actor_of("Nikos"), cast.PARKS, holder, title=f"t{n}", due_on=day(23 + n % 2), priority=n % 4)
    nikos, seen = client_of("Nikos"), []
    address = f"/work-items?query=&group={group}&order={order}&limit=4"
    while address:
        page = nikos.get(address)
        seen += titles(page)
        address = unescape(page.text.split('rel="next" href="')[1].split('"')[0]) if 'rel="next"' in page.text else ""
    assert sorted(seen) == [f"t{n}" for n in range(9)]


def test_columns_are_chosen_and_kept(client_of, some):
    eleni = client_of("Eleni")
    typed = {"list": "/work-items", "query": "holder:me", "column": ["priority", "created", "nonsense"]}
    answer = eleni.get("/queries/columns", query_string=typed)
    assert answer.headers["Location"] == "/work-items?query=holder%3Ame"
    page = eleni.get(answer.headers["Location"])
    assert 'class="col-priority"' in page.text
    assert 'class="col-due"' not in page.text
    assert "nonsense" not in page.text


def test_what_may_come_next_is_offered(client_of, some):
    eleni = client_of("Eleni")

    def offered(text, person=eleni):
        return [each["text"] for each in person.get("/queries/completions", query_string={"text": text}).json["items"]]

    assert offered("hol") == ["holder:"]
    assert "waiting" in offered("state:w")
    assert offered("holder:elen") == ['"Eleni Markou"']
    assert offered("unit:park") == ["PARKS"]
    assert offered("label:sto") == ["storm"]
    assert offered("label:sto", client_of("Leila")) == []  # of a unit that is not hers
    assert "κατάσταση:" in offered("κατ", client_of("Nikos"))


def test_a_list_by_query_costs_at_most_eight_questions(client_of, some, queries):
    eleni = client_of("Eleni")
    address = "/pending-items?group=holder&query=" + quote("desk:mine awaited:dimitra OR kind:pending")
    eleni.get(address)
    with queries() as sent:
        page = eleni.get(address, headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert len(sent) <= 8, sent.sent
    assert len(page.data) <= 12_000


def test_the_api_asks_the_same_questions(api_of, some):
    eleni = api_of("Eleni")
    for path, found in (("work-items", {"mine", "tray"}), ("tasks", {"mine"}), ("pending-items", {"tray"})):
        answer = eleni.get(f"/api/v1/{path}", query_string={"query": "label:storm OR kind:pending"})
        assert {each["title"] for each in answer.json["items"]} == found
    refused = eleni.get("/api/v1/work-items", query_string={"query": "holdr:me"})
    assert refused.status_code == 422
    assert refused.json["errors"] == [
        {"field": "query", "reason": "There is no condition called “holdr”. Did you mean holder?"}
    ]
    assert eleni.get("/api/v1/work-items", query_string={"query": "x" * 10_000}).status_code == 422
    assert eleni.get("/api/v1/tasks", query_string={"query": "for"}).json["items"][0]["title"] == "for all"


def test_a_list_says_how_many_it_finds_and_counting_stops_where_it_would_cost(client_of, some, monkeypatch):
    nikos = client_of("Nikos")
    assert re.search('id="list-found">[^<]*\\b4\\b', asked(nikos, "").text)
    assert 'id="list-found"' not in asked(nikos, "label:nothing-has-this").text
    monkeypatch.setattr("collab.work.queries.arranged.FOUND", 3)
    assert re.search('id="list-found">[^<]*3[+]', asked(nikos, "", more="&group=none&limit=2").text)


def test_an_unknown_word_is_told_with_the_words_that_are_known(client_of, some):
    """In the reader's own language, beside the word that is wrong."""
    english = asked(client_of("Eleni"), "colour:green").text
    assert "Understood here:" in english
    assert "<bdi>holder:</bdi>" in english
    assert "<bdi>waiting</bdi>" in asked(client_of("Eleni"), "state:sleeping").text
    persian = asked(client_of("Leila"), "رنگ:سبز").text
    assert "<bdi>holder:</bdi>" not in persian
    assert '<p class="ask-known">' in persian


def test_the_number_of_the_sidebar_stands_at_the_tab_that_it_counts(client_of, some):
    page = client_of("Eleni").get("/tasks").text
    tabs = page.split('class="page-tabs', 1)[1].split("</nav>", 1)[0]
    counted = re.findall(r'<a class="tab"[^>]*>([^<]*?)(?: <span class="count">(\d+)</span>)?</a>', tabs)
    assert [tab for tab in counted if tab[1]] == [("Mine", "1")]
    assert (
        '<span class="count">'
        not in client_of("Maria").get("/pending-items").text.split('class="page-tabs', 1)[1].split("</nav>", 1)[0]
    )
