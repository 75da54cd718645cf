"""The form of a decision: a few ways to decide stand openly, the rest under "Advanced", each with a sentence."""

import re

from collab.decisions.presets import PRESETS

WAY = re.compile(
    r'<input type="radio" name="preset" value="([a-z-]+)".*?<span>(.*?)<span class="check-note">(.*?)</span></span>',
    re.S,
)
FEW = ["simple", "absolute", "two-thirds", "one", "approve", "rank", "consent"]


def test_few_ways_stand_openly_and_the_rest_under_advanced_with_a_sentence_each(cast, client_of):
    page = client_of("Eleni").get("/decisions/new").text
    ways = page.partition('id="rules"')[2].partition('class="more way-finer"')[0]
    openly, folded = ways.partition("<details")[::2]
    assert "<summary>Advanced: other ways to count</summary>" in folded
    assert not folded.partition(">")[0].strip().endswith("open"), "folded until one of them is chosen"
    found = [[way.group(1) for way in WAY.finditer(part)] for part in (openly, folded)]
    assert found[0] == FEW
    assert sorted(found[0] + found[1]) == sorted(PRESETS)
    for code, name, about in (way.groups() for way in WAY.finditer(openly + folded)):
        assert name.strip(), code
        assert re.fullmatch(r"[A-Z].{20,}[.)]", about.strip(), re.S), f"{code} has no sentence: {about!r}"


def test_what_is_folded_away_is_open_where_it_was_chosen(cast, client_of):
    typed = {"title": "", "unit": str(cast.PARKS), "preset": "borda"}
    page = client_of("Eleni").post("/decisions", data=typed)
    assert page.status_code == 422
    folded = page.text.partition('id="rules"')[2].partition("<details")[2]
    assert folded.partition(">")[0].strip().endswith("open")
