"""A very long message is folded on the page of its talk, whole in the page itself and on a page of its own."""

import pytest

from collab.messaging.lines import LONG, LONG_LINES

LAST = "The last word of it."


@pytest.mark.parametrize(
    ("text", "folded"),
    [("short", False), (f"{'trees ' * (LONG // 6)}{LAST}", True), ("a\n" * LONG_LINES + "b", True), ("a\nb", False)],
    ids=["short", "long", "lines", "few lines"],
)
def test_what_is_long_is_folded_and_nothing_of_it_is_left_out(client_of, api_of, cast, text, folded):
    api = api_of("Eleni")
    talk = api.post("/api/v1/conversations", json={"title": "Storm", "members": [cast.Maria]}).json["id"]
    said = api.post(f"/api/v1/conversations/{talk}/messages", json={"text": text, "nonce": "n-1"}).json["id"]
    page = client_of("Maria").get(f"/conversations/{talk}").text
    assert ("data-long" in page, "Show whole message" in page) == (folded, folded)
    assert (LAST in page) == (LAST in text)
    assert "data-long" not in client_of("Maria").get(f"/messages/{said}").text
