"""A whole whose parts are still open is finished only by whoever says that they stay so, wherever the button stands."""

from tests.work.making import make


def test_whoever_finishes_a_whole_is_asked_about_its_open_parts(app, cast, actor_of, api_of, client_of):
    with app.app_context():
        eleni = actor_of("Eleni")
        whole = make(eleni, cast.PARKS, cast.Eleni, title="Clean the park")
        make(eleni, cast.PARKS, cast.Eleni, title="Mow", parent=whole)
    api, page = api_of("Eleni"), client_of("Eleni")
    refused = api.post(f"/api/v1/work-items/{whole}/completion", json={})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "parts_stay")
    # The button on My day: the question opens over the page.
    part = {"HX-Request-Type": "partial"}
    asked = page.post("/work-items/PARKS-1/completion", data={"outcome": "Clean"}, headers=part)
    assert (asked.status_code, asked.headers["HX-Retarget"]) == (422, "#dialog")
    assert "1 part of it is still open and stays open." in asked.text
    assert 'name="parts_stay" value="on"' in asked.text
    assert "Clean" in asked.text
    moved = page.put("/work-items/PARKS-1/column", data={"by": "state", "to": "done"}, headers=part)
    assert moved.status_code == 409
    done = page.post("/work-items/PARKS-1/completion", data={"outcome": "Clean", "parts_stay": "on"}, headers=part)
    assert done.status_code == 204
    assert api.get(f"/api/v1/work-items/{whole}").json["state"] == "done"
