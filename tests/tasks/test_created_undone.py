"""What the whole form has made is taken back from the page it leads to, while nothing else happened to it."""

import re

import pytest


@pytest.mark.parametrize(("address", "more"), [("/pending-items", {"source": "citizen"}), ("/tasks", {})])
def test_what_was_just_created_is_taken_back(client_of, api_of, cast, address, more):
    eleni = client_of("Eleni")
    typed = {"title": "Broken bench", "unit": str(cast.PARKS), "holder": str(cast.Eleni), **more}
    made = eleni.post(address, data=typed)
    assert made.status_code == 303, made.text
    undo = re.search(r"/quick-tasks/[^\"?]+\?_method=DELETE", eleni.get(made.location).text)
    assert undo
    assert eleni.post(undo[0]).status_code in (204, 303)
    reference = made.location.rpartition("/")[2]
    assert api_of("Eleni").get(f"/api/v1/work-items/{reference}").json["state"] == "cancelled"
