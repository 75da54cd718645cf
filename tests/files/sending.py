"""Sending files in tests, as a browser and as a client of the API do."""

from io import BytesIO
from typing import Any

from tests.clients import Client

ITEM = {"title": "Felling permit", "unit": 0}


def sent(client: Client, address: str, content: bytes, name: str = "plan.txt", **more: Any) -> Any:
    """The answer to one file sent to an address."""
    headers = more.pop("headers", None)
    data = {"file": (BytesIO(content), name, more.pop("mimetype", None)), **more}
    return client.open(address, method="POST", data=data, headers=headers)


def item_of(client: Client, unit: int, **fields: Any) -> str:
    """A new task; its reference."""
    made = client.post("/api/v1/tasks", json={"title": "Felling permit", "unit": unit, **fields})
    assert made.status_code == 201, made.json
    return str(made.json["reference"])


def listed(client: Client, ref: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/work-items/{ref}/files").json["items"]
    return found
