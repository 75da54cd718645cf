"""What a line of the inbox says of an item that went through much: what holds now, not what was taken back since."""

import re

import pytest

from collab.feed.reasons import GATHERED, standing
from collab.work.commands import cancel, complete, reopen
from collab.work.forms import Cancel, Complete
from tests.work.making import make


def test_what_was_finished_and_opened_again_is_not_told_as_finished(cast, do, tell, client_of):
    item = do(make, "Eleni", cast.PARKS, cast.Nikos)
    do(complete, "Nikos", item, Complete())
    tell()
    assert "finished it" in client_of("Eleni").get("/inbox").text
    do(reopen, "Nikos", item)
    tell()
    line = client_of("Eleni").get("/inbox").text
    assert "opened again" in line
    assert "(×" not in line, "once"
    assert "finished" not in line.partition("<main")[2]
    do(cancel, "Nikos", item, Cancel(reason="Nobody needs it"))
    tell()
    assert "cancelled</" in client_of("Eleni").get("/inbox").text


@pytest.mark.parametrize("state", ["new", "active", "waiting", "done", "cancelled", ""])
def test_something_is_always_left_to_say(state):
    for code in GATHERED:
        assert standing({code}, state) == {code}
    assert standing({"said", "completed", "reopened"}, "active") == {"said", "reopened"}
    assert standing({"completed", "undone"}, "done") == {"completed"}


@pytest.mark.parametrize("reader", ["Anna", "Nikos", "Shirin"])
def test_no_tab_of_the_inbox_and_nothing_in_an_item_is_called_as_something_in_the_navigation(
    cast, do, client_of, reader
):
    client, item = client_of(reader), do(make, reader, cast.PARKS, cast.people[reader])
    inbox = client.get("/inbox").text
    navigation = set(re.findall(r'class="nav-link".*?<span>([^<]+)</span>', inbox, re.S))
    tabs = {" ".join(each.split()) for each in re.findall(r'<a class="tab"[^>]*>\s*([^<]+?)\s*<', inbox)}
    assert navigation
    assert tabs
    assert not navigation & tabs
    page = client.get(f"/work-items/{item}", follow_redirects=True).text
    dock = re.findall(r"<span>([^<]+)</span>", page.partition('<nav class="dock"')[2].partition("</nav>")[0])
    assert len(dock) == 5
    assert dock[-1] not in re.findall(r'<span class="visually-hidden">([^<]+)</span>', page)


def test_a_number_counts_what_it_stands_at(cast, do, tell, client_of, api_of, write):
    item, eleni = do(make, "Nikos", cast.PARKS, cast.Eleni), client_of("Eleni")
    write("Nikos", item, "Please look")
    tell()
    assert "given to you, new messages<" in eleni.get("/inbox").text, "one message is new"
    [line] = api_of("Eleni").get("/api/v1/notifications").json["items"]
    api_of("Eleni").patch(f"/api/v1/notifications/{line['id']}", json={"read": True})
    for text in ("Please look again", "And once more"):
        write("Nikos", item, text)
    tell()
    assert "new messages (×2)" in eleni.get("/inbox").text
