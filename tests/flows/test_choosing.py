"""Whom and what one chooses by typing: people, units and posts as chips, an item by its reference or a word."""

from collab.core.db import db
from collab.feed.search.indexing import keep_up


def test_a_unit_that_is_invited_brings_its_people_and_a_point_is_about_what_was_chosen(
    app, cast, api_of, client_of, still
):
    client = client_of("Nikos")
    page = client.get("/meetings/new").text
    assert 'data-many="people[]"' in page
    assert page.count('data-combobox="/parties?kinds=person,unit,post"') == 1, "one field, not ten boxes"
    sent = {"title": "Trees", "unit": str(cast.PARKS), "on": "2026-12-01", "people[]": [str(cast.ROADS)]}
    answer = client.post("/meetings", data=sent | {"people_more": "Dimitra Sotiriou, Nobody Atall"})
    assert (answer.status_code, "Nobody Atall" in answer.text) == (422, True), "who is not known is said"
    assert "Roads" in answer.text, "and what was chosen stands there still"
    answer = client.post("/meetings", data=sent)
    assert answer.status_code == 303
    path = answer.location.split("#")[0].split("?")[0]
    made = api_of("Nikos").get(f"/api/v1{path}").get_json()
    assert {one["person"] for one in made["people"]} == {cast.Maria, cast.Petros, cast.Nikos}
    task = api_of("Nikos").post("/api/v1/tasks", json={"title": "The old fountain", "unit": cast.PARKS}).get_json()
    with app.app_context():
        keep_up()
        db.session.remove()
    for typed, found in (("fount", [task["reference"]]), (task["reference"].lower(), [task["reference"]])):
        items = client.get(f"/palette/items?q={typed}").get_json()["items"]
        assert [one["id"] for one in items][:1] == found
    assert client_of("Leila").get("/palette/items?q=fountain").get_json()["items"] == []
    point = {"title": "The fountain", "minutes": "10", "about_name": f"{task['reference']} The old fountain"}
    added = client.post(f"{path}/points", data=point)
    assert added.status_code == 303
    assert task["reference"] in client.get(path).text
    wrong = client.post(f"{path}/points", data=point | {"about_name": "fountain"})
    assert (wrong.status_code, 'id="f-about-error"' in wrong.text) == (422, True)
