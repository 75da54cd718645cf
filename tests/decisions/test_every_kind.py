"""Every kind of vote that is offered has a bundle that counts itself again, minutes, a result page and a ballot."""

from typing import Any

from collab.core.db import db
from collab.decisions.presets import PRESETS
from collab.decisions.sweeps import sweep_votes

from .bundle.test_bundle import recount
from .test_papers import printed
from .voting import CLOSES, NOW, ballot, opened

OPTIONS = [{"title": title, "cost": cost} for title, cost in (("Plane", 60), ("<b>Ελιές</b>", 50), ("توت", 40))]
MORE: dict[str, dict[str, Any]] = {
    "seats": {"seats": 2},
    "budget": {"budget": 100},
    "criteria": {"criteria": [{"name": "Price", "weight": 3, "worst": 100, "best": 0}, {"name": "سایه", "weight": 1}]},
}
ORDERS = {"Eleni": (0, 1, 2), "Giorgos": (1, 0), "Nikos": (2, 1), "Babis": (0, 2)}


def said(form: str, ids: list[int], order: tuple[int, ...]) -> dict[str, Any]:
    """A ballot of this form that puts the options in this order."""
    if form == "yes-no":
        return {"vote": "yes" if order[0] else "no"}
    if form == "consent":
        return {"consent": True}
    if form == "one":
        return {"option": ids[order[0]]}
    if form == "approve":
        return {"options": [ids[place] for place in order]}
    if form == "rank":
        return {"ranks": [{"option": ids[place], "rank": rank} for rank, place in enumerate(order, 1)]}
    points = [{"option": ids[place], "points": 3 - rank} for rank, place in enumerate(order, 1)]
    if form == "score":
        return {"scores": points}
    return {"sheet": [one | {"criterion": criterion} for criterion in (1, 2) for one in points]}


def test_every_kind_is_voted_counted_told_and_counted_again(app, cast, api_of, client_of, at, tmp_path):
    at(NOW)
    made, client = {}, client_of("Eleni")
    for code, preset in PRESETS.items():
        options = {"options": OPTIONS} if preset.has_options else {}
        made[code] = opened(api_of("Nikos"), cast.PARKS, preset=code, ties="open", **options, **MORE.get(code, {}))
        ids = [one["id"] for one in made[code]["options"]]
        for name, order in ORDERS.items():
            answer = api_of(name).put(ballot(made[code]), json=said(preset.form, ids, order))
            assert answer.status_code == 200, (code, answer.get_json())
        assert client.get(f"/decisions/{made[code]['reference']}?tab=vote").status_code == 200, code
    at(CLOSES)
    with app.app_context():
        sweep_votes()
        db.session.remove()
    for code, one in made.items():
        shown = client.get(f"/decisions/{one['reference']}?tab=result")
        assert (shown.status_code, "<b>Ελιές" in shown.text) == (200, False), code
        assert client.post(f"/decisions/{one['reference']}/minutes", data={"language": "fa"}).status_code == 303, code
        paper = api_of("Eleni").post(f"/api/v1/decisions/{one['reference']}/bundle").get_json()["id"]
        with app.app_context():
            data = printed(api_of("Eleni"), paper)
        again, told = recount(data, tmp_path / code)
        assert (again, "byte for byte" in told) == (0, True), (code, told)
