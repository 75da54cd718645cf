"""Votes for tests, made through the doors that everybody uses."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
CLOSES = datetime(2026, 11, 25, 14, tzinfo=UTC)  # 16:00 in Athens


def drafted(client: Any, unit: int, **said: Any) -> dict[str, Any]:
    """A draft over the API: yes or no, the whole unit, closing on the 25th at 16:00."""
    body = {"title": "Shall we plant plane trees?", "unit": unit, "closes_on": "2026-11-25", "ties": "open"} | said
    answer = client.post("/api/v1/decisions", json=body)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()  # type: ignore[no-any-return]


def opened(client: Any, unit: int, **said: Any) -> dict[str, Any]:
    """An open vote."""
    made = drafted(client, unit, **said)
    answer = client.put(f"/api/v1/decisions/{made['reference']}/opening")
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()  # type: ignore[no-any-return]


def ballot(made: dict[str, Any]) -> str:
    return f"/api/v1/decisions/{made['reference']}/ballot"


def fields(answer: Any) -> list[str]:
    """The fields at which the API complains."""
    return [one["field"] for one in answer.get_json()["errors"]]


def rule_in(client: Any, made: dict[str, Any]) -> str:
    """The rule in words, as one text without marks of direction."""
    said = client.get(f"/api/v1/decisions/{made['reference']}").get_json()["rule_words"]
    return " ".join(said).translate(dict.fromkeys(map(ord, "\u2068\u2069")))
