"""The file that proves a skill: read by whom its end concerns, in versions, confirmed anew when it changes."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.cast import Cast
from tests.files.sending import sent

Make = Callable[..., Any]
V1 = "/api/v1"


@pytest.fixture
def crane(api_of: Make, cast: Cast) -> int:
    """Eleni's crane licence, noted and so confirmed by Nikos, who heads her."""
    skill = api_of("Kostas").post(f"{V1}/skills", json={"name": "Crane licence", "expires": True}).json["id"]
    noted = {"skill_id": skill, "level": 3, "expires_on": "2031-05-06"}
    return int(api_of("Nikos").post(f"{V1}/people/{cast.Eleni}/skills", json=noted).json["id"])


def confirmed(client: Any, held: int) -> bool:
    return bool(client.get(f"{V1}/person-skills/{held}").json["confirmed"])


def test_a_head_adds_it_and_those_read_it_who_read_its_end(
    api_of: Make, client_of: Make, cast: Cast, crane: int
) -> None:
    answer = sent(api_of("Nikos"), f"{V1}/person-skills/{crane}/files", b"Crane, class B", "licence.txt")
    assert answer.status_code == 201
    content = answer.json["items"][0]["content"]
    page = f"/files/{answer.json['items'][0]['id']}/versions"
    for name, sees in [("Eleni", 1), ("Nikos", 1), ("Kostas", 1), ("Anna", 1), ("Giorgos", 0), ("Sofia", 0)]:
        client, card = api_of(name), client_of(name).get(f"/people/{cast.Eleni}").text
        assert client.get(content).status_code == (200 if sees else 404), name
        assert client.get(f"{V1}/person-skills/{crane}/files").status_code == (200 if sees else 404), name
        assert (page in card, "licence.txt" in card) == (bool(sees), bool(sees)), name
        assert ("2031" in card) == bool(sees), f"{name}: the end stands where the certificate stands"
    assert api_of("Giorgos").delete(content.removesuffix("/content")).status_code == 404
    assert confirmed(api_of("Nikos"), crane)


def test_who_adds_to_their_own_is_confirmed_anew_and_former_versions_stay(
    api_of: Make, client_of: Make, crane: int
) -> None:
    eleni, at = client_of("Eleni"), f"/person-skills/{crane}/files"
    sent(api_of("Nikos"), f"{V1}{at}", b"Crane, class B", "licence.txt")
    data = {"file": (BytesIO(b"Crane, class C"), "licence.txt")}
    assert eleni.post(at, data=data).headers["Location"].endswith(f"/person-skills/{crane}#files")
    assert not confirmed(api_of("Eleni"), crane), "it was confirmed upon another proof"
    newest = api_of("Eleni").get(f"{V1}{at}").json["items"][0]
    assert (newest["name"], newest["version"]) == ("licence.txt", 2)
    assert "Crane licence" in eleni.get(f"/people/{newest['added_by']['id']}").text
    assert "licence.txt" in eleni.get(f"/files/{newest['id']}/versions").text
    api_of("Nikos").post(f"{V1}/person-skills/{crane}/confirmation")
    assert confirmed(api_of("Eleni"), crane)


def test_what_is_no_proof_is_refused_with_a_reason_and_nothing_is_kept(
    api_of: Make, client_of: Make, crane: int
) -> None:
    at = f"/person-skills/{crane}/files"
    program = sent(client_of("Eleni"), at, b"MZ" + b"\0" * 200, "licence.pdf")
    assert program.status_code == 422
    assert "licence.pdf" in program.text
    assert sent(client_of("Eleni"), at, b"", "empty.txt").status_code == 422
    for name, status in [("Giorgos", 403), ("Sofia", 403)]:
        assert sent(api_of(name), f"{V1}{at}", b"x", "x.txt").status_code == status, name
    assert api_of("Eleni").get(f"{V1}{at}").json["items"] == []
    assert confirmed(api_of("Eleni"), crane)


def test_a_withdrawn_skill_takes_its_certificate_along(api_of: Make, crane: int) -> None:
    file = sent(api_of("Nikos"), f"{V1}/person-skills/{crane}/files", b"Crane", "licence.txt").json["items"][0]
    assert api_of("Nikos").delete(f"{V1}/person-skills/{crane}").status_code == 204
    assert api_of("Kostas").get(file["content"]).status_code == 404
