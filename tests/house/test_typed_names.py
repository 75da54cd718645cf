"""Whoever types a name into a field with a list, and chooses none, is answered at that field, whatever the page."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from tests.clients import Client
from tests.house.matrix import MATRIX
from tests.house.test_matrix import OWN_UNIT, filled

ROLES = {"administrator": "Kostas", "head": "Nikos", "holder": "Eleni"}
UNKNOWN = ("There is no such field.", "Δεν υπάρχει τέτοιο πεδίο.")


class Forms(HTMLParser):
    """The forms of a page that hold a field with a list: address, and what they send as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("method", "").lower() == "post"
            if self.inside:
                self.found.append((given.get("action", ""), {}))
        elif self.inside and given.get("name") and given.get("type") not in ("checkbox", "radio", "file", "submit"):
            self.found[-1][1][given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def lists_of(page: str) -> list[tuple[str, dict[str, str], list[str]]]:
    """Address, what is sent and the fields with a list, for each form that has one."""
    forms = Forms()
    forms.feed(page)
    with_lists = [
        (address, sent, [n for n in sent if f"{n.removesuffix('[]')}_name{n[len(n.removesuffix('[]')) :]}" in sent])
        for address, sent in forms.found
    ]
    return [each for each in with_lists if each[2]]


def test_no_form_sends_the_name_of_a_choice_to_a_door_that_does_not_know_it(
    scene: dict[str, Any], client_of: Callable[[str], Client]
) -> None:
    tried, wrong = set(), []
    for role, name in ROLES.items():
        client = client_of(name)
        for key, row in MATRIX.items():
            if not key.startswith("GET /") or " /api/" in key or role not in row.ok:
                continue
            here = scene | {name: scene[other] for name, other in row.uses.items()}
            path = filled(key.removeprefix("GET "), here | {"own_unit": scene[OWN_UNIT[role]]})
            page = client.get(path)
            if b"data-combobox" not in page.data:
                continue
            for address, sent, fields in lists_of(page.text):
                for field in fields:
                    bare = field.removesuffix("[]")
                    door = (re.sub(r"\d+", "N", urljoin(path, address)), field)
                    if door in tried:
                        continue
                    tried.add(door)
                    typed = {**sent, field: "", f"{bare}_name{field[len(bare) :]}": "Nowhere"}
                    answer = client.post(urljoin(path, address), data=typed)
                    if answer.status_code >= 500 or any(each in answer.text for each in UNKNOWN):
                        wrong.append(f"{role} {path}: {address} {field}")
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 25, sorted(tried)
