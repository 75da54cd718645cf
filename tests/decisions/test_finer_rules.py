"""What a rule leaves open and a form settles: options left out, victories, "none of these", the majority."""

import pytest

from collab.decisions.presets import PRESETS

from .voting import NOW, ballot, drafted, fields, opened, rule_in

NONE = "هیچ\u200cکدام"
OPTIONS = [{"title": "Plane"}, {"title": "Lime"}, {"title": "Elm"}]
WITH_NONE = {"one", "approve", "rank", "score", "dots", "runoff", "borda", "copeland", "pairs", "seats"}


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_each_way_to_decide_takes_what_it_has_and_refuses_the_rest(cast, api_of):
    more = {"budget": {"budget": 9}, "criteria": {"criteria": [{"name": "Price"}, {"name": "Shade"}]}}
    said = {
        "unranked": ("no-opinion", {"rank", "copeland", "pairs"}), "strength": ("margins", {"rank", "pairs"}),
        "none_of_these": (NONE, WITH_NONE), "share": ("two-thirds", {"majority"}), "base": ("cast", {"majority"}),
        "strictness": ("at-least", {"majority"}),
        "borda": ("zero", {"borda"}), "pair_ties": ("opposition", {"pairs"}), "quota": ("hare", {"seats"}),
        "second": ("plurality", {"rank", "borda", "copeland", "pairs"}), "surplus": ("first-elected", {"seats"}),
        "decimals": (2, {"seats"}), "fractions": (True, {"seats"}),
    }  # fmt: skip
    for code in PRESETS:
        for name, (value, known) in said.items():
            body = {"title": "Which?", "unit": cast.PARKS, "preset": code, name: value} | more.get(code, {})
            answer = api_of("Nikos").post("/api/v1/decisions", json=body)
            assert answer.status_code == (201 if code in known else 422), (code, name, answer.get_json())
            if code in known:
                assert answer.get_json()[name] == value
            else:
                assert fields(answer) == [name]


def test_none_of_these_comes_last_on_the_ballot_and_whoever_does_not_beat_it_cannot_win(
    cast, api_of, client_of, closed
):
    nikos = api_of("Nikos")
    alone = nikos.post(
        "/api/v1/decisions", json={"title": "Which?", "unit": cast.PARKS, "preset": "one", "none_times": 2}
    )
    assert (alone.status_code, fields(alone)) == (422, ["none_of_these"])
    draft = {"preset": "approve", "options": OPTIONS[:2], "none_of_these": NONE, "none_times": 2}
    assert [one["title"] for one in drafted(nikos, cast.PARKS, **draft)["options"]] == ["Plane", "Lime"]
    made = opened(nikos, cast.PARKS, **draft)
    assert [one["title"] for one in made["options"]] == ["Plane", "Lime", NONE]
    assert f"“{NONE}” is an option; whatever does not beat it cannot win." in rule_in(api_of("Eleni"), made)
    assert "It must be beaten by more than 2 times its votes." in rule_in(api_of("Eleni"), made)
    plane, lime, none = (one["id"] for one in made["options"])
    for who, ticks in (("Eleni", [plane, lime]), ("Giorgos", [plane]), ("Babis", [none, plane]), ("Nikos", [lime])):
        assert api_of(who).put(ballot(made), json={"options": ticks}).status_code == 200
    result = closed(made)
    assert (result["winners"], result["count"]["dropped"]) == (["Plane"], ["Lime"]), "2 are not more than twice 1"
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert "Did not beat “none of these”" in page
    assert nikos.post(f"/api/v1/decisions/{made['reference']}/bundle").status_code == 202


def test_an_option_of_that_name_is_not_doubled(cast, api_of):
    options = [*OPTIONS, {"title": "None"}]
    made = opened(api_of("Nikos"), cast.PARKS, preset="rank", options=options, none_of_these="None")
    assert [one["title"] for one in made["options"]] == ["Plane", "Lime", "Elm", "None"]


def test_nor_is_one_that_differs_in_capitals_alone(cast, api_of, closed):
    options = [*OPTIONS, {"title": "None of These"}]
    made = opened(api_of("Nikos"), cast.PARKS, preset="one", options=options, none_of_these="none of these")
    assert [one["title"] for one in made["options"]] == ["Plane", "Lime", "Elm", "None of These"]
    assert "“None of These” is an option" in rule_in(api_of("Eleni"), made)
    none = made["options"][-1]["id"]
    assert api_of("Eleni").put(ballot(made), json={"option": none}).status_code == 200
    assert closed(made)["outcome"] == "rejected", "it is the one to be beaten"


def test_left_out_options_as_no_opinion_elect_another(cast, api_of, client_of, closed):
    """Two rank Plane alone, three rank Lime before Plane or Elm before Lime: below all, or no opinion, differ."""
    found = {}
    for unranked in ("below", "no-opinion"):
        made = opened(api_of("Nikos"), cast.PARKS, preset="rank", options=OPTIONS[:2], unranked=unranked)
        plane, lime = (one["id"] for one in made["options"])
        for who, order in (("Eleni", [plane]), ("Giorgos", [plane]), ("Babis", [lime, plane])):
            ranks = [{"option": id_, "rank": rank} for rank, id_ in enumerate(order, 1)]
            assert api_of(who).put(ballot(made), json={"ranks": ranks}).status_code == 200
        said = "Options left out are no opinion." if unranked == "no-opinion" else "Options left out stand below all"
        assert said in rule_in(api_of("Eleni"), made)
        page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
        assert ("Options without a number are no opinion." in page) == (unranked == "no-opinion")
        found[unranked] = made
    assert [closed(made)["winners"] for made in found.values()] == [["Plane"], ["Lime"]]


def test_margins_are_on_the_frozen_card_and_in_its_words(cast, api_of):
    made = opened(api_of("Nikos"), cast.PARKS, preset="pairs", options=OPTIONS, strength="margins")
    assert made["rule"]["card"]["strength"] == "margins"
    assert "A victory is as strong as its lead." in rule_in(api_of("Eleni"), made)


@pytest.mark.parametrize(
    ("said", "words", "outcome"),
    [
        ({"share": "two-thirds"}, "Passes with more than two thirds of those who say yes or no.", "rejected"),
        (
            {"share": "two-thirds", "strictness": "at-least"},
            "at least two thirds of those who say yes or no.",
            "decided",
        ),
        ({"base": "cast"}, "Passes with more than half of those who vote, abstentions included.", "rejected"),
        ({"base": "cast", "strictness": "at-least"}, "at least half of those who vote", "decided"),
        (
            {"base": "entitled", "share": "three-quarters"},
            "more than three quarters of all who are entitled",
            "rejected",
        ),
    ],
)
def test_one_states_the_majority_oneself(cast, api_of, closed, said, words, outcome):
    made = opened(api_of("Nikos"), cast.PARKS, preset="majority", **said)
    assert words in rule_in(api_of("Eleni"), made)
    for who, vote in (("Eleni", "yes"), ("Giorgos", "yes"), ("Babis", "no"), ("Nikos", "abstain")):
        assert api_of(who).put(ballot(made), json={"vote": vote}).status_code == 200
    assert closed(made)["outcome"] == outcome


def test_the_chair_breaks_a_tie_where_half_is_asked_for_and_is_refused_where_it_would_change_nothing(cast, api_of):
    nikos = api_of("Nikos")
    for said in ({"preset": "majority"}, {"preset": "absolute"}, {"preset": "majority", "base": "cast"}):
        half = drafted(nikos, cast.PARKS, ties="chair", **said)
        assert fields(nikos.put(f"/api/v1/decisions/{half['reference']}/opening")) == ["chair"], said
    for idle in (
        {"preset": "majority", "share": "three-fifths"}, {"preset": "majority", "strictness": "at-least"},
        {"preset": "two-thirds"}, {"preset": "consent"},
    ):  # fmt: skip
        body = {"title": "Planes?", "unit": cast.PARKS, "ties": "chair", "chair": cast.Nikos} | idle
        assert fields(nikos.post("/api/v1/decisions", json=body)) == ["ties"], idle


def test_a_page_does_not_ask_who_settles_what_cannot_stay_even(cast, client_of, api_of):
    typed = {"title": "Planes?", "unit": str(cast.PARKS), "preset": "two-thirds", "ties": "chair", "once": "x"}
    made = client_of("Nikos").post("/decisions", data=typed)
    assert made.status_code == 303, made.text[:500]
    reference = made.headers["Location"].split("/decisions/")[1].split("#")[0].split("?")[0]
    assert api_of("Nikos").get(f"/api/v1/decisions/{reference}").get_json()["ties"] == "open"


def test_the_form_keeps_what_was_chosen_and_lets_go_of_what_another_way_has(cast, api_of, client_of):
    nikos = client_of("Nikos")
    typed = {
        "title": "Which trees?", "unit": str(cast.PARKS), "preset": "rank", "option_lines": "Plane\nLime",
        "unranked": "no-opinion", "strength": "margins", "none_of_these": NONE, "none_times": "3",
        "share": "two-thirds", "base": "cast", "strictness": "at-least",
    }  # fmt: skip
    assert nikos.post("/decisions", data=typed).status_code in (200, 204, 303)
    made = api_of("Nikos").get("/api/v1/decisions?whose=mine").get_json()["items"][0]["reference"]
    whole = api_of("Nikos").get(f"/api/v1/decisions/{made}").get_json()
    kept = ("unranked", "strength", "none_of_these", "none_times", "share", "base", "strictness")
    assert [whole[name] for name in kept] == ["no-opinion", "margins", NONE, 3, "half", "yes-no", "more-than"]
    form = nikos.get(f"/decisions/{made}/editing").text
    assert all(said in form for said in (NONE, 'value="margins" selected', 'value="no-opinion" selected'))
    changed = typed | {"preset": "simple", "version": str(whole["version"])}
    assert nikos.put(f"/decisions/{made}", data=changed).status_code in (200, 204, 303)
    assert api_of("Nikos").get(f"/api/v1/decisions/{made}").get_json()["none_of_these"] == ""
    refused = nikos.post("/decisions", data=typed | {"none_of_these": "", "none_times": "3"})
    assert (refused.status_code, "f-none_of_these-error" in refused.text) == (422, True)


def test_criteria_have_names_as_persian_spells_them(cast, api_of):
    criteria = [{"name": "هزینه\u200cها", "worst_means": "خیلی\u200cزیاد"}, {"name": "سایه"}]
    options = OPTIONS[:2]
    made = opened(api_of("Nikos"), cast.PARKS, preset="criteria", criteria=criteria, options=options)
    assert made["rule"]["card"]["criteria"][0]["name"] == "هزینه\u200cها"
