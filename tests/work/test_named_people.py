"""An item kept to named people: who goes on seeing it, who does not, and how somebody is taken off."""

from sqlalchemy import select

from collab.core import clock
from collab.core.db import db
from collab.core.facts import FactRow
from collab.work.commands import ask, watch
from collab.work.forms import Ask
from tests.work.making import make, take_part


def test_followers_lose_sight_when_it_is_narrowed_and_named_people_can_be_taken_off(
    app, cast, actor_of, api_of, client_of
):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Eleni, "A complaint about a colleague")
        for follower in ("Babis", "Giorgos", "Eleni"):
            watch(actor_of(follower), item)
        take_part(actor_of("Eleni"), item, cast.Giorgos, "mentioned", clock.now())
        wait = ask(actor_of("Eleni"), item, Ask(of=cast.Dimitra, what="An opinion"))
    eleni, page = api_of("Eleni"), client_of("Eleni")
    base = f"/api/v1/work-items/{item}"
    reference = eleni.get(base).json["reference"]
    said = page.get(f"/work-items/{reference}/cells/reach").text
    assert "Giorgos Zervas" in said
    assert "Dimitra Kosta" in said
    assert "Babis Ioannou" not in said, "who goes on seeing it is said before"
    assert "go on seeing it" in page.get(f"/work-items/{reference}/editing").text

    assert eleni.patch(base, json={"reach": "named"}).status_code == 200

    def sees(name):
        return api_of(name).get(base).status_code == 200

    assert [sees(name) for name in ("Babis", "Giorgos", "Dimitra", "Eleni", "Nikos")] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert eleni.get(base).json["reference"] == reference
    off = f"/work-items/{reference}/named-people"
    shown = page.get(f"/work-items/{reference}").text
    assert f"{off}/{cast.Giorgos}?_method=DELETE" in shown
    assert f"{off}/{cast.Eleni}?" not in shown
    assert f"{off}/{cast.Dimitra}?" not in shown, "something is expected of her"
    assert "named-people" not in client_of("Giorgos").get(f"/work-items/{reference}").text
    assert eleni.delete(f"{base}/named-people/{cast.Dimitra}").status_code == 409
    assert eleni.delete(f"{base}/named-people/{cast.Eleni}").status_code == 409, "she holds it"
    assert eleni.delete(f"{base}/named-people/{cast.Nikos}").status_code == 404, "he is not on it"
    assert api_of("Giorgos").delete(f"{base}/named-people/{cast.Dimitra}").status_code == 403
    assert page.post(f"{off}/{cast.Giorgos}?_method=DELETE").status_code == 303
    assert not sees("Giorgos")
    assert eleni.delete(f"/api/v1/waits/{wait}").status_code == 204
    assert eleni.delete(f"{base}/named-people/{cast.Dimitra}").status_code == 200
    assert not sees("Dimitra")
    lines = page.get(f"/work-items/{reference}/history").text
    assert "off the people who see it" in lines
    with app.app_context():
        told = db.session.scalars(select(FactRow.payload).where(FactRow.kind == "person-taken-off")).all()
        db.session.remove()
    assert [each["person"] for each in told] == [cast.Giorgos, cast.Dimitra]


def test_whoever_made_it_and_follows_it_goes_on_seeing_it(app, cast, actor_of, api_of):
    with app.app_context():
        item = make(actor_of("Eleni"), cast.PARKS, cast.Giorgos)
        watch(actor_of("Eleni"), item)
    base = f"/api/v1/work-items/{item}"
    assert api_of("Nikos").patch(base, json={"reach": "named"}).status_code == 200
    assert api_of("Eleni").get(base).status_code == 200
    assert api_of("Nikos").get(base).status_code == 200
    open_again = api_of("Giorgos").patch(base, json={"reach": "unit"})
    assert open_again.status_code == 200
    assert api_of("Nikos").delete(f"{base}/named-people/{cast.Eleni}").status_code == 409, "it is for the unit again"
