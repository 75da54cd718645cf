"""What stands open about a question and an item, and what is below More."""

import re

import pytest

HERE = "/work-items/PARKS-1"


@pytest.fixture
def item(client_of, cast):
    made = {"title": "Repair the bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni)}
    assert client_of("Eleni").post("/tasks", data=made).status_code == 303


def question(page: str) -> tuple[list[str], list[str]]:
    """The words of the acts of the one question: those that stand open, those below More."""
    row = page.split('id="waits"')[1].split("</li>")[0].split('class="row-actions"')[1]
    parts = row.split('class="menu"')
    words = [re.findall(r">([^<>]+)</(?:a|button)>", re.sub(r"<svg.*?</svg>", "", part, flags=re.S)) for part in parts]
    return words[0], words[1] if len(words) > 1 else []


def test_of_a_colleague_one_asks_again_and_the_rest_is_below_more(client_of, item, cast):
    eleni = client_of("Eleni")
    eleni.post(f"{HERE}/waits", data={"of": cast.Giorgos, "what": "Which colour?"})
    assert question(eleni.get(HERE).text) == (["Nudge", "Answer came…"], ["Escalate…", "No longer"])


def test_of_somebody_outside_the_answer_stands_first(client_of, item, cast):
    eleni = client_of("Eleni")
    eleni.post(f"{HERE}/waits", data={"of": cast.forestry, "what": "The map"})
    stands, below = question(eleni.get(HERE).text)
    assert stands == ["Answer came…", "I called or wrote"]
    assert "No longer" in below


def test_what_is_seldom_done_with_an_item_is_below_more_and_keeps_its_letter(client_of, item):
    acts = client_of("Nikos").get(HERE).text.split('id="acts"')[1].split("</section>")[0]
    stands, below = acts.split('id="acts-menu"')
    assert 'data-key="e"' in stands
    assert 'data-key="a"' in below
    assert "/escalations/new" in below


def test_what_nobody_holds_is_assigned_at_once(client_of, cast):
    client_of("Eleni").post("/tasks", data={"title": "Sweep", "unit": str(cast.PARKS)})
    acts = client_of("Nikos").get(HERE).text.split('id="acts"')[1].split("</section>")[0]
    assert 'data-key="a"' in acts.split('class="menu"')[0]


def facts(page: str) -> dict[str, str]:
    """Of the facts beside an item: the name of each → its words."""
    side = page.split('id="item-side"')[1].split("</dl>")[0]
    plain = [re.sub(r"<[^>]+>", " ", part) for part in re.sub(r"<svg.*?</svg>", "", side, flags=re.S).split("<dt>")[1:]]
    return {
        name.strip(): " ".join(words.split())
        for name, words in (re.split(r"\s{2,}", part.strip(), maxsplit=1) for part in plain)
    }


def test_whose_it_is_and_who_has_it_are_told_apart(client_of, item, cast):
    eleni = client_of("Eleni")
    own = facts(eleni.get(HERE).text)
    assert "Parks" in own["Belongs to"]
    assert "Eleni Markou" in own["With"]
    assert "Parks" not in own["With"]
    eleni.post(f"{HERE}/handovers", data={"to": cast.Maria})
    offer = re.search(r"/handovers/(\d+)/acceptance", client_of("Maria").get(HERE).text)[1]
    client_of("Maria").post(f"/handovers/{offer}/acceptance")
    there = facts(eleni.get(HERE).text)
    assert "Parks" in there["Belongs to"]
    assert "Maria" in there["With"]
    assert "Roads" in there["With"]
