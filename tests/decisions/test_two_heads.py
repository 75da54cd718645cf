"""Two people prepare a decision at once: the second is told and overwrites nothing; a vote is opened as it was seen."""

import pytest

from .voting import NOW, drafted


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def version_in(page):
    return page.text.split('name="version" value="')[1].split('"')[0]


def page_of(client, made, part):
    return version_in(client.get(f"/decisions/{made['reference']}/{part}"))


DONE = (200, 204, 303)
FIELDS = {"preset": "simple", "level": "open", "closes_on": "2026-11-27", "closes_clock": "16:00"}


def test_a_draft_that_a_colleague_changed_is_not_overwritten(cast, api_of, client_of):
    nikos, made = client_of("Nikos"), drafted(api_of("Nikos"), cast.PARKS)
    address, version = f"/decisions/{made['reference']}", page_of(nikos, made, "editing")
    sent = FIELDS | {"version": version}
    assert nikos.put(address, data=sent | {"title": "Shall we plant limes?"}).status_code in DONE
    late = nikos.put(address, data=sent | {"title": "Shall we plant elms?"})
    assert (late.status_code, 'role="alert"' in late.text) == (412, True)
    assert 'value="Shall we plant elms?"' in late.text, "what was typed is kept"
    assert api_of("Nikos").get(f"/api/v1{address}").json["title"] == "Shall we plant limes?"
    again = sent | {"title": "Shall we plant elms?", "version": version_in(late)}
    assert nikos.put(address, data=again).status_code in DONE, "having been told, one may"


def test_a_vote_is_opened_as_it_was_seen(cast, api_of, client_of):
    nikos, api = client_of("Nikos"), api_of("Nikos")
    made = drafted(api, cast.PARKS, preset="one", options=[{"title": "Lime"}, {"title": "Elm"}])
    version = page_of(nikos, made, "opening")
    added = api.post(f"/api/v1/decisions/{made['reference']}/options", json={"title": "Plane"})
    assert added.status_code == 201, added.text
    assert nikos.put(f"/decisions/{made['reference']}/opening", data={"version": version}).status_code == 412
    assert api.get(f"/api/v1/decisions/{made['reference']}").json["stage"] == "draft"
    version = page_of(nikos, made, "opening")
    assert nikos.put(f"/decisions/{made['reference']}/opening", data={"version": version}).status_code in DONE


def test_the_hour_of_the_close_alone_is_not_overwritten_either(cast, api_of, client_of):
    nikos, api = client_of("Nikos"), api_of("Nikos")
    made = drafted(api, cast.PARKS)
    address, version = f"/decisions/{made['reference']}", page_of(nikos, made, "editing")
    sent = FIELDS | {"title": made["title"], "version": version}
    assert nikos.put(address, data=sent | {"closes_on": "2026-11-28"}).status_code in DONE
    assert nikos.put(address, data=sent | {"closes_on": "2026-11-30"}).status_code == 412
    said = {"title": made["title"], "closes_on": "2026-11-30"}
    stale = api.put(f"/api/v1{address}", json=said, headers={"If-Match": f'"{version}"'})
    assert stale.status_code == 412
    assert api.get(f"/api/v1{address}").get_json()["closes_on"] == "2026-11-28"


def test_a_slip_of_the_second_does_not_let_them_overwrite_what_they_did_not_read(cast, api_of, client_of):
    nikos, api = client_of("Nikos"), api_of("Nikos")
    made = drafted(api, cast.PARKS, preset="one", options=[{"title": "Lime"}, {"title": "Elm"}])
    address, version = f"/decisions/{made['reference']}", page_of(nikos, made, "editing")
    option = f"{address}/options/{made['options'][0]['id']}"
    said = {"title": "Shall we plant limes?", "preset": "one"}
    assert nikos.put(address, data={**FIELDS, **said, "version": version}).status_code in DONE
    for door, sent in ((address, FIELDS | {"preset": "one"}), (option, {})):
        slip = nikos.put(door, data={**sent, "title": "", "version": version})
        assert (slip.status_code, version_in(slip)) == (422, version), "opened as it was"
        mended = nikos.put(door, data={**sent, "title": "Elms?", "version": version_in(slip)})
        assert mended.status_code == 412
        assert version_in(mended) != version, "having been told, one may"
