"""Options that differ in capitals or accents alone are refused: on a ballot nobody tells them apart."""

from .voting import drafted, fields


def test_two_options_alike_are_refused_at_the_draft_and_later(cast, api_of):
    eleni = api_of("Eleni")
    body = {"title": "Which?", "unit": cast.PARKS, "preset": "one", "closes_on": "2030-11-25", "ties": "open"}
    refused = eleni.post("/api/v1/decisions", json=body | {"options": [{"title": "Ελιές"}, {"title": "ΕΛΙΕΣ"}]})
    assert (refused.status_code, fields(refused)) == (422, ["options"])
    made = drafted(eleni, cast.PARKS, preset="one", closes_on="2030-11-25", options=[{"title": "Ελιές"}])
    address = f"/api/v1/decisions/{made['reference']}/options"
    assert fields(eleni.post(address, json={"title": "ελιες"})) == ["title"]
    assert eleni.post(address, json={"title": "Πλατάνια"}).status_code == 201
