"""The page of a closed vote tells the count in sentences, and how firm it is, in the language of the reader."""

from collab.decisions.sweeps import sweep_votes

from .voting import CLOSES, NOW, ballot, opened


def test_a_run_off_is_told_and_says_how_little_would_have_changed_it(app, cast, api_of, client_of, at):
    at(NOW)
    options = [{"title": "Planes"}, {"title": "<i>Ελιές</i>"}, {"title": "توت"}]
    made = opened(api_of("Nikos"), cast.PARKS, preset="runoff", options=options)
    ids = [option["id"] for option in made["options"]]
    for name, order in {"Nikos": (0, 1), "Eleni": (0,), "Babis": (1, 2), "Giorgos": (2, 0)}.items():
        ranks = [{"option": ids[place], "rank": rank} for rank, place in enumerate(order, 1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    at(CLOSES)
    with app.app_context():
        sweep_votes()
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").get_data(as_text=True)
    told = page[page.index("how firm it is") :]
    assert "The votes: \u2068Planes\u2069 2, " in told
    assert "goes out; these votes go to the next choice on each ballot." in told
    assert "Other rules agree: Most votes, " in told
    assert "<i>Ελιές" not in page
