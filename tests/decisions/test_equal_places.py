"""Of many options that stand equal in their duels, the page of a result says how many it leaves out."""

from .test_every_kind import said
from .voting import NOW, ballot, opened


def test_the_last_group_of_equals_leads_to_all_places(cast, api_of, client_of, at, close):
    at(NOW)
    options = [{"title": f"Square {at}"} for at in range(40)]
    made = opened(
        api_of("Nikos"), cast.PARKS, preset="rank", options=options,
        electorate={"people": [cast.Nikos, cast.Eleni]},
    )  # fmt: skip
    ids = [one["id"] for one in made["options"]]
    for name, order in (("Nikos", tuple(range(40))), ("Eleni", tuple(reversed(range(40))))):
        assert api_of(name).put(ballot(made), json=said("rank", ids, order)).status_code == 200
    close()
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert f'id="equal-more" href="/decisions/{made["reference"]}/places">and 16 more</a>' in page
