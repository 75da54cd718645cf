"""My day: what is expected of me now, in order of urgency, and what I wait for; in few queries whatever there is."""

import re
from datetime import UTC, date, datetime

import pytest

from collab.core.db import writing
from collab.people.models import Absence
from collab.tasks.commands import create_pending_item
from collab.tasks.forms import NewPendingItem
from collab.work import commands as work
from collab.work.forms import Ask, Assign, EditItem, Offer
from tests.work.making import day, make


def titles(page, section="day-now"):
    """The titles of the rows in one section of the page, in order."""
    part = re.search(rf'<section class="section" aria-labelledby="{section}"[^>]*>(.*?)</section>', page.text, re.S)
    return re.findall(r'class="row-title"[^>]*>([^<]*)<', part[1]) if part else []


def headings(page):
    return re.findall(r'<h3[^>]*id="day-(\w+)"', page.text)


@pytest.fixture
def page_of(client_of):
    def get(name, address="/"):
        answer = client_of(name).get(address)
        assert answer.status_code == 200, answer.text
        return answer

    return get


def test_what_is_due_first_stands_first_under_its_heading(cast, do, page_of):
    for title, due in [("rest", None), ("soon", day(27)), ("today", day(23)), ("over", day(20)), ("later", day(30))]:
        do(make, "Nikos", cast.PARKS, cast.Eleni, title, due_on=due)
    page = page_of("Eleni")
    assert titles(page) == ["over", "today", "soon", "later", "rest"]
    assert headings(page) == ["over", "today", "soon", "rest"]
    assert "2 due" in page.text


@pytest.mark.parametrize("zone", ["Europe/Athens", "Pacific/Auckland"])
def test_today_ends_at_midnight_in_the_town_wherever_its_reader_sits(cast, do, page_of, client_of, at, zone):
    do(make, "Nikos", cast.PARKS, cast.Eleni, "for Tuesday", due_on=day(24))
    client_of("Eleni").post("/profile?_method=PATCH", data={"time_zone": zone})

    def found(query):
        return client_of("Eleni").get("/api/v1/work-items", query_string={"query": query}).json["items"]

    at(datetime(2026, 11, 23, 21, 59, tzinfo=UTC))
    assert headings(page_of("Eleni")) == ["soon"]
    assert found("due:today") == []
    at(datetime(2026, 11, 23, 22, 1, tzinfo=UTC))  # Athens is two hours ahead, Auckland thirteen
    assert headings(page_of("Eleni")) == ["today"]
    assert [item["title"] for item in found("due:today")] == ["for Tuesday"]


def test_the_tray_of_a_unit_is_its_heads_and_deputys_until_somebody_takes_it(cast, do, page_of):
    item = do(make, "Eleni", cast.PARKS, None, "In the tray")
    assert [titles(page_of(name)) for name in ("Nikos", "Babis", "Eleni", "Yannis")] == [
        ["In the tray"], ["In the tray"], [], [],
    ]  # fmt: skip
    beside = {name: titles(page_of(name), "day-tray") for name in ("Eleni", "Giorgos", "Nikos", "Maria", "Reza")}
    assert beside == {"Eleni": ["In the tray"], "Giorgos": ["In the tray"], "Nikos": [], "Maria": [], "Reza": []}
    do(work.take, "Eleni", item)
    assert [titles(page_of(name)) for name in ("Nikos", "Eleni")] == [[], ["In the tray"]]


def test_a_question_taken_out_of_the_tray_is_on_the_day_of_whoever_took_it(cast, do, page_of):
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, "The pine")
    wait = do(work.ask, "Eleni", item, Ask(of=cast.LEGAL, what="May we?"))
    assert [titles(page_of(name)) for name in ("Sofia", "Dimitra")] == [["The pine"], []]
    do(work.take_wait, "Dimitra", wait)
    assert [titles(page_of(name)) for name in ("Sofia", "Dimitra")] == [[], ["The pine"]]


def test_an_offer_can_be_accepted_or_returned_from_here(cast, do, page_of):
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, "The pine")
    offer = do(work.offer, "Eleni", item, Offer(to=cast.LEGAL, note="Yours"))
    page = page_of("Sofia")
    assert f'formaction="/handovers/{offer}/acceptance"' in page.text
    assert f'href="/handovers/{offer}/return"' in page.text
    assert "1 handover" in page.text


def test_what_a_post_is_asked_stands_on_the_day_of_whoever_holds_it(cast, do, page_of):
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, "The pine")
    do(work.ask, "Eleni", item, Ask(of=cast.head_posts["LEGAL"], what="Your opinion?"))
    assert titles(page_of("Sofia")) == ["The pine"]


def test_a_substitute_sees_what_is_expected_of_the_absent_but_nothing_named_only(app, cast, do, page_of):
    do(make, "Nikos", cast.PARKS, cast.Nikos, "Ordinary")
    do(make, "Nikos", cast.PARKS, cast.Nikos, "Between us", reach="named")
    item = do(make, "Yannis", cast.TECH, cast.Yannis, "Asked")
    do(work.ask, "Yannis", item, Ask(of=cast.head_posts["PARKS"], what="When?"))
    assert titles(page_of("Dimitra")) == []
    with app.app_context(), writing() as session:
        away = Absence(
            person_id=cast.Nikos, substitute_id=cast.Dimitra, first_day=date(2026, 11, 20), last_day=date(2026, 11, 30)
        )
        session.add(away)
    app.extensions.pop("collab.actors", None)
    assert titles(page_of("Dimitra")) == ["Ordinary", "Asked"]


def test_an_item_out_of_sight_is_not_on_the_day_and_not_in_its_number(app, cast, do, page_of):
    from sqlalchemy import update

    from collab.work.models import WorkItem

    item = do(make, "Nikos", cast.PARKS, None, "A complaint")
    assert titles(page_of("Babis")) == ["A complaint"]
    with app.app_context(), writing() as session:
        session.execute(update(WorkItem).where(WorkItem.id == item).values(reach="named"))
    page = page_of("Babis")
    assert titles(page) == []
    assert "complaint" not in page.text
    assert '<span class="count">1</span>' not in re.search(r'id="nav-my-day".*?</a>', page.text, re.S)[0]


def test_what_i_and_my_unit_wait_for_stands_apart_with_a_nudge(cast, do, page_of):
    item = do(make, "Nikos", cast.PARKS, cast.Eleni, "The pine")
    wait = do(work.ask, "Eleni", item, Ask(of=cast.forestry, what="A permit for the pine"))
    page = page_of("Eleni")
    assert titles(page, "day-others") == ["The pine"]
    assert "A permit for the pine" in page.text
    assert f'formaction="/waits/{wait}/nudges"' in page.text
    assert "Forestry Office" in page.text
    assert titles(page_of("Nikos"), "day-others") == ["The pine"]
    assert titles(page_of("Dimitra"), "day-others") == []


def test_work_that_i_gave_elsewhere_is_awaited_and_work_in_my_own_unit_is_not(cast, do, page_of):
    do(make, "Yannis", cast.PARKS, cast.Eleni, "Below me")
    assert titles(page_of("Yannis"), "day-others") == []
    item = do(make, "Nikos", cast.PARKS, cast.Nikos, "Elsewhere")
    offer = do(work.offer, "Nikos", item, Offer(to=cast.LEGAL, note=""))
    assert titles(page_of("Nikos"), "day-others") == ["Elsewhere"]
    assert offer


def test_an_empty_day_says_what_to_do_next(page_of):
    page = page_of("Leila")
    for href in ("/quick-tasks/new", "/people", "/conversations", "/profile"):
        assert f'class="card-link" href="{href}"' in page.text


def test_past_fifty_one_turns_the_page_and_misses_nothing(cast, do, client_of, app, actor_of, queries):
    with app.app_context():
        nikos = actor_of("Nikos")
        for number in range(120):
            due = day(1 + number % 28) if number % 3 else None
            make(nikos, cast.PARKS, cast.Eleni, f"item {number}", due_on=due)
    client, seen, address = client_of("Eleni"), [], "/"
    for _page in range(3):
        page = client.get(address)
        found = titles(page)
        assert len(found) <= 50
        seen += found
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        address = following[1].replace("&amp;", "&") if following else None
    assert address is None
    assert len(seen) == len(set(seen)) == 120
    badge = re.search(r'id="nav-my-day".*?<span class="count[^"]*">([^<]*)<', client.get("/").text, re.S)
    assert badge[1] == "99+"
    with queries() as sent:
        assert "99+ wait for you" in client.get("/").text
    assert len(sent) <= 8, "\n".join(sent.sent)


def test_eight_queries_at_most_whatever_there_is(cast, do, write, client_of, queries, tell):
    for number in range(6):
        item = do(make, "Nikos", cast.PARKS, cast.Eleni, f"item {number}", due_on=day(20 + number))
        do(work.ask, "Eleni", item, Ask(of=cast.Maria, what="Well?"))
        write("Nikos", item, "Please look")
    tell()
    client = client_of("Eleni")
    client.get("/")
    with queries() as sent:
        assert client.get("/").status_code == 200
    assert len(sent) <= 8, "\n".join(sent.sent)


def test_what_happened_since_one_last_looked_is_shown_until_it_is_read(item, write, client_of, page_of, tell, at):
    from datetime import UTC, datetime

    write("Nikos", item, "Please look")
    tell()
    assert titles(page_of("Eleni"), "day-news") == ["Fallen branches"]
    client = client_of("Eleni")
    assert client.put("/my-day/look").status_code == 204
    at(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    page = page_of("Eleni")
    assert "Not read yet, and since you last looked (09:30)" in page.text
    assert titles(page, "day-news") == ["Fallen branches"]
    line = re.search(r'href="(/notifications/\d+)"', page.text)[1]
    followed = client.get(line)
    assert (followed.status_code, followed.headers["Location"]) == (303, "/work-items/PARKS-1")
    client.put(f"/inbox/work-items/{item}/reading")  # what the item's page does
    assert titles(page_of("Eleni"), "day-news") == []


def test_an_open_page_gets_only_the_part_that_changes(item, client_of):
    part = client_of("Eleni").get("/", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert part.text.lstrip().startswith('<div class="stack" id="day"')
    assert "<html" not in part.text


@pytest.mark.parametrize("asked", ["after=x", "after=" + "A" * 500, "after=WzEsMCxudWxsXQ", "nothing=1"])
def test_a_wrong_address_is_refused_and_never_breaks(client_of, asked):
    for page in ("/", "/awaited", "/inbox"):
        assert client_of("Eleni").get(f"{page}?{asked}").status_code == 422, page


def test_the_day_is_written_in_the_readers_calendar_and_digits(cast, do, page_of):
    do(make, "Leila", cast.FINANCE, cast.Leila, "بررسی", due_on=day(30))
    page = page_of("Leila")
    assert 'dir="rtl"' in page.text
    assert "آذر" in page.text  # 23 November 2026 is 2 Azar 1405
    assert "۱۴۰۵" in page.text


def test_titles_are_text_and_not_markup(cast, do, page_of):
    do(make, "Nikos", cast.PARKS, cast.Eleni, "<script>alert(1)</script>")
    text = page_of("Eleni").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_a_pending_item_stands_there_like_a_task(cast, do, page_of):
    do(create_pending_item, "Nikos", NewPendingItem(title="A permit", unit=cast.PARKS, holder=cast.Nikos))
    assert titles(page_of("Nikos")) == ["A permit"]


def test_assigning_moves_a_row_from_one_day_to_another(item, cast, do, page_of):
    do(work.assign, "Nikos", item, Assign(holder=cast.Babis))
    assert [titles(page_of(name)) for name in ("Eleni", "Babis")] == [[], ["Fallen branches"]]
    do(work.edit, "Babis", item, EditItem(title="Other branches"))
    assert titles(page_of("Babis")) == ["Other branches"]


def test_finishing_from_here_takes_the_row_away(item, client_of):
    client = client_of("Eleni")
    page = client.get("/").text
    assert 'formaction="/work-items/PARKS-1/completion"' in page
    assert "item-changed from:body" in page
    part = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = client.post("/work-items/PARKS-1/completion", data={"next": "/"}, headers=part)
    assert answer.status_code == 204
    assert "item-changed" in answer.headers["HX-Trigger"]
    assert titles(client.get("/", headers=part)) == []


def test_each_act_of_a_row_leads_somewhere(cast, do, client_of):
    item = do(make, "Nikos", cast.PARKS, None, "In the tray")
    offered = do(make, "Eleni", cast.PARKS, cast.Eleni, "Offered")
    do(work.offer, "Eleni", offered, Offer(to=cast.Sofia, note=""))
    do(work.ask, "Nikos", item, Ask(of=cast.Sofia, what="Well?"))
    do(make, "Sofia", cast.LEGAL, cast.Sofia, "Mine")
    sofia, nikos = client_of("Sofia"), client_of("Nikos")
    links = set(re.findall(r'hx-get="(/(?:work-items|waits|handovers)/[^"]+)"', sofia.get("/").text))
    assert len({link for link in links if not link.endswith("/snooze")} - {"/work-items/new"}) == 4
    for link in links:
        assert sofia.get(link).status_code == 200, link
    acts = re.findall(r'formaction="([^"]+)"', sofia.get("/").text)
    assert len(acts) == 2
    for address in acts:
        assert sofia.post(address, data={"next": "/"}).status_code == 303, address
    assert nikos.post("/work-items/PARKS-1/taking", data={"next": "/"}).headers["Location"] == "/"


def test_a_task_whose_clock_stands_still_is_not_overdue(cast, do, page_of):
    item = do(make, "Nikos", cast.PARKS, cast.Eleni, "The pine", due_on=day(20))
    do(work.ask, "Eleni", item, Ask(of=cast.forestry, what="A permit", stops_clock=True))
    page = page_of("Eleni")
    assert headings(page) == ["still"]
    assert "due" not in re.search(r'id="day-now".*?</div>', page.text, re.S)[0]


def test_a_pending_item_is_asked_what_came_of_it_and_a_task_is_done_at_once(cast, do, page_of):
    do(make, "Nikos", cast.PARKS, cast.Eleni, "A task")
    do(make, "Nikos", cast.PARKS, cast.Eleni, "A case", kind="pending")
    page = page_of("Eleni").text
    assert 'hx-post="/work-items/PARKS-1/completion"' in page
    assert 'hx-get="/work-items/PARKS-2/completion"' in page
    assert 'hx-post="/work-items/PARKS-2/completion"' not in page


def test_it_says_that_one_is_away_and_who_stands_in_and_one_says_that_one_is_back(app, cast, client_of, page_of):
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Eleni, substitute_id=cast.Giorgos, first_day=day(20), last_day=day(27)))
    mine, theirs = page_of("Eleni").text, page_of("Giorgos").text
    assert "You are away until" in mine
    assert "stands in for you" in mine
    assert "Αναπληρώνετε: Eleni Markou" in theirs
    assert "/absences/" not in theirs
    address = re.search(r'action="(/absences/\d+\?_method=DELETE)"', mine)[1]
    answer = client_of("Eleni").post(address, data={"next": "/"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert "You are away" not in page_of("Eleni").text
    assert "Αναπληρώνετε" not in page_of("Giorgos").text


def test_what_one_sees_as_a_substitute_says_for_whom(app, cast, do, page_of):
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Eleni, substitute_id=cast.Leila, first_day=day(20), last_day=day(27)))
    do(make, "Nikos", cast.PARKS, cast.Eleni, "Hers")
    assert "به‌جای Eleni Markou" in page_of("Leila").text
    assert "for Eleni Markou" not in page_of("Eleni").text


def test_what_lies_in_the_tray_of_the_absents_unit_says_for_whom_too(app, cast, do, page_of, client_of, queries):
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Nikos, substitute_id=cast.Dimitra, first_day=day(20), last_day=day(27)))
        session.add(Absence(person_id=cast.Nikos, substitute_id=cast.Babis, first_day=day(20), last_day=day(27)))
    do(make, "Eleni", cast.PARKS, None, "In the tray")
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, "The pine")
    do(work.ask, "Eleni", item, Ask(of=cast.PARKS, what="May we?"))
    page = page_of("Dimitra")
    assert titles(page) == ["In the tray", "The pine"]
    assert page.text.count("<span>for Nikos Pappas</span>") == 2
    client = client_of("Dimitra")
    client.get("/")
    with queries() as sent:
        client.get("/")
    assert len(sent) <= 8, "\n".join(sent.sent)
    # A deputy finds it there in their own name, whomever they stand in for besides.
    assert titles(page_of("Babis"))[0] == "In the tray"
    assert "Nikos Pappas" not in re.search(r'aria-labelledby="day-now".*?</section>', page_of("Babis").text, re.S)[0]


def test_administrators_and_auditors_are_led_to_their_pages(page_of):
    assert 'href="/administration/people"' in page_of("Kostas").text
    assert 'href="/work-items?order=changed"' in page_of("Reza").text
    assert "/administration" not in page_of("Eleni").text


def test_the_numbers_of_the_frame_are_asked_by_themselves(cast, do, client_of):
    counts = client_of("Katerina").get("/notifications/counts").json["counts"]
    assert set(counts.values()) == {""}
    assert {"my-day", "inbox", "decisions"} <= set(counts)
    do(make, "Nikos", cast.PARKS, cast.Eleni, "water the trees")
    assert client_of("Eleni").get("/notifications/counts").json["counts"]["my-day"] == "1"


def test_an_offer_stands_near_the_top_however_far_its_day(cast, do, page_of, at):
    item = do(make, "Eleni", cast.PARKS, cast.Eleni, "The pine", due_on=date(2027, 9, 1))
    do(work.offer, "Eleni", item, Offer(to=cast.LEGAL, note="Yours"))
    do(make, "Sofia", cast.LEGAL, cast.Sofia, "The contract", due_on=date(2026, 11, 26))
    day = page_of("Sofia")
    assert headings(day) == ["offered", "soon"]
    assert titles(day) == ["The pine", "The contract"]
    sender = page_of("Eleni")
    assert (headings(sender), titles(sender)) == (["rest"], ["The pine"]), "whoever offered it has nothing to accept"
