"""A ballot that may not be is refused by the page as by the API: same sentence, same status, nothing written."""

from datetime import timedelta

import pytest

from .voting import CLOSES, NOW, ballot, drafted, fields, opened

THREE = [{"title": title} for title in ("Plane", "Lime", "Elm")]


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def both(client_of, api_of, name, made, page, api):
    """What the page and the API answer to the same ballot: statuses and words."""
    shown = client_of(name).put(f"/decisions/{made['reference']}/ballot", data=page)
    told = api_of(name).put(ballot(made), json=api)
    return (shown.status_code, told.status_code), (shown.text, str(told.get_json()))


def refused(answers, status, sentence):
    codes, words = answers
    assert codes == (status, status), (codes, words[1])
    assert all(sentence in each for each in words), (sentence, words[1])


def refuses_opening(client_of, api_of, made, field):
    path = f"/decisions/{made['reference']}/opening"
    assert client_of("Nikos").put(path, data={"version": str(made["version"])}).status_code == 422
    assert fields(api_of("Nikos").put(f"/api/v1{path}")) == [field]


def voted(api_of, made):
    return api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["turnout"]["cast"]


def test_ranks_and_scores_that_cannot_be_are_refused_on_both_ways(cast, api_of, client_of):
    ranked = opened(api_of("Nikos"), cast.PARKS, preset="runoff", options=THREE)
    first, second, _third = (one["id"] for one in ranked["options"])

    def ranks(*pairs):
        page = {f"rank-{option}": str(rank) for option, rank in pairs}
        return page, {"ranks": [{"option": option, "rank": rank} for option, rank in pairs]}

    for pairs, sentence in (
        (((first, 1), (second, 3)), "without a gap"),
        (((first, 2),), "without a gap"),
        (((first, 1), (second, 1)), "each rank is given once"),
        (((first, 1), (2**40, 2)), "not on the ballot"),
    ):
        refused(both(client_of, api_of, "Eleni", ranked, *ranks(*pairs)), 422, sentence)
    scored = opened(api_of("Nikos"), cast.PARKS, preset="score", most=5, options=THREE)
    dotted = opened(api_of("Nikos"), cast.PARKS, preset="dots", dots=3, options=THREE)
    for made, given, sentence in ((scored, 6, "At most 5 points."), (dotted, 4, "You spread 4 dots; there are 3.")):
        option = made["options"][0]["id"]
        api = {"scores": [{"option": option, "points": given}]}
        refused(both(client_of, api_of, "Eleni", made, {f"points-{option}": str(given)}, api), 422, sentence)
    minus = {"scores": [{"option": scored["options"][0]["id"], "points": -1}]}
    assert api_of("Eleni").put(ballot(scored), json=minus).status_code == 422
    assert [voted(api_of, made) for made in (ranked, scored, dotted)] == [0, 0, 0]


def test_who_may_not_vote_is_told_why_on_both_ways(cast, api_of, client_of):
    some = {"electorate": {"people": [cast.Eleni, cast.Giorgos, cast.Petros]}, "reach": "all", "proxies": 1}
    made = opened(api_of("Nikos"), cast.PARKS, **some)
    base, yes = f"/api/v1/decisions/{made['reference']}", ({"vote": "yes"}, {"vote": "yes"})
    refused(both(client_of, api_of, "Maria", made, *yes), 403, "You are not entitled to vote here.")
    assert api_of("Petros").put(f"{base}/recusal", json={"reason": "My garden"}).status_code == 204
    refused(both(client_of, api_of, "Petros", made, *yes), 403, "You stand aside in this vote.")
    assert api_of("Eleni").put(f"{base}/proxy", json={"holder": cast.Giorgos}).status_code == 204
    assert api_of("Giorgos").put(f"{base}/proxies/{cast.Eleni}").status_code == 204
    refused(both(client_of, api_of, "Eleni", made, *yes), 403, "Somebody else votes for you here.")
    for_her = {"vote": "no", "principal": cast.Eleni}
    assert api_of("Giorgos").put(ballot(made), json=for_her).status_code == 200
    refused(both(client_of, api_of, "Eleni", made, *yes), 403, "Your proxy has voted for you.")
    strange = ({"vote": "no", "principal": str(cast.Petros)}, {"vote": "no", "principal": cast.Petros})
    refused(both(client_of, api_of, "Maria", made, *strange), 403, "You do not vote for this person.")
    others = ({"vote": "no", "principal": str(cast.Giorgos)}, {"vote": "no", "principal": cast.Giorgos})
    refused(both(client_of, api_of, "Maria", made, *others), 403, "You do not vote for this person.")
    assert voted(api_of, made) == 1


def test_two_hundred_options_are_ranked_and_counted_and_none_or_one_are_no_vote(cast, api_of, client_of, close):
    many = [{"title": f"Option {number}"} for number in range(200)]
    made = opened(api_of("Nikos"), cast.PARKS, preset="runoff", options=many)
    ids = [one["id"] for one in made["options"]]
    for name, order in (("Eleni", ids), ("Giorgos", ids[::-1]), ("Babis", ids)):
        ranks = [{"option": option, "rank": rank} for rank, option in enumerate(order, 1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    assert client_of("Nikos").get(f"/decisions/{made['reference']}?tab=vote").status_code == 200
    few = drafted(api_of("Nikos"), cast.PARKS, preset="one", options=many[:1])
    refuses_opening(client_of, api_of, few, "options")
    nobody = {"electorate": {"people": [cast.Eleni], "without": [cast.Eleni]}}
    empty = drafted(api_of("Nikos"), cast.PARKS, **nobody)
    refuses_opening(client_of, api_of, empty, "electorate")
    close()
    result = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert result["winners"] == ["Option 0"]
    assert client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").status_code == 200


def test_a_vote_counts_until_the_last_millisecond_and_not_at_the_instant(cast, api_of, client_of, at):
    made = opened(api_of("Nikos"), cast.PARKS, electorate={"unit": cast.PARKS, "people": [cast.Petros]})
    at(CLOSES - timedelta(milliseconds=1))
    for name, vote in (("Eleni", "yes"), ("Giorgos", "no")):
        sent = client_of(name).put(f"/decisions/{made['reference']}/ballot", data={"vote": vote})
        assert sent.status_code in (200, 204, 303), sent.text
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    for later in (timedelta(), timedelta(milliseconds=1), timedelta(days=1)):
        at(CLOSES + later)
        answers = both(client_of, api_of, "Petros", made, {"vote": "yes"}, {"vote": "yes"})
        refused(answers, 409, "The vote closed on 25 November 2026, 16:00. What comes after that does not count.")
    assert voted(api_of, made) == 2


def test_too_many_options_and_points_beyond_the_scale_are_told_the_bound(cast, api_of, client_of):
    eleni = api_of("Eleni")
    many = [{"title": f"Option {number}"} for number in range(201)]
    refused = eleni.post(
        "/api/v1/decisions", json={"title": "?", "unit": cast.PARKS, "preset": "rank", "options": many}
    )
    said = {one["field"]: one["reason"] for one in refused.get_json()["errors"]}
    assert (refused.status_code, said["options"]) == (422, "At most 200 entries are taken here.")
    typed = {"title": "Which?", "unit": str(cast.PARKS), "preset": "score", "most": "2000"}
    page = client_of("Eleni").post("/decisions", data=typed | {"option_lines": "\n".join(map(str, range(201)))})
    assert page.status_code == 422
    assert all(words in page.text for words in ("At most 200 entries are taken here.", "At most 1000 is taken here."))
