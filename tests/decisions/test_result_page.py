"""The page of a closed vote shows how its result came about."""

from collab.decisions.sweeps import sweep_votes

from .voting import CLOSES, NOW, ballot, opened


def test_a_run_off_shows_its_rounds_to_everybody_who_reads_the_decision(app, cast, api_of, client_of, at):
    at(NOW)
    made = opened(
        api_of("Nikos"), cast.PARKS, preset="runoff",
        options=[{"title": "Planes"}, {"title": "<i>Ελιές</i>"}, {"title": "توت"}],
    )  # fmt: skip
    ids = [option["id"] for option in made["options"]]
    said = {"Nikos": (0, 1), "Eleni": (0,), "Babis": (1, 2), "Giorgos": (2, 1)}
    for name, order in said.items():
        ranks = [{"option": ids[place], "rank": rank} for rank, place in enumerate(order, 1)]
        assert api_of(name).put(ballot(made), json={"ranks": ranks}).status_code == 200
    at(CLOSES)
    with app.app_context():
        sweep_votes()
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").get_data(as_text=True)
    assert "Round 1: All ballots" in page
    assert "&lt;i&gt;Ελιές&lt;/i&gt;" in page
    assert "<i>Ελιές" not in page
    assert page.index("How it came about") < page.index("Round 1") < page.index("توت", page.index("Round 1"))


def test_an_outcome_stands_as_it_was_meant_and_without_its_signs(cast, api_of, client_of, close, at):
    at(NOW)
    made = opened(api_of("Nikos"), cast.PARKS, reach="all")
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 200
    close()
    address = f"/decisions/{made['reference']}"
    written = "We plant **thirty** trees:\n\n- in `spring`\n- <b>at</b> the sea"
    assert api_of("Nikos").put(f"/api/v1{address}/outcome", json={"outcome": written}).status_code == 200
    for page in (f"{address}?tab=result", f"{address}/tasks/new"):
        said = client_of("Nikos").get(page).text.partition("<textarea")[0]
        assert "We plant <strong>thirty</strong> trees:" in said, page
        assert ("**thirty**" in said, "<b>at</b>" in said, "&lt;b&gt;at" in said) == (False, False, True), page
