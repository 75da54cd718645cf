"""The manners of the JSON API: bodies, keys against repetition, versions, and its own description.

@endpoint(api, "POST /tasks", takes=NewTask, gives="Task")
def create_task(form: NewTask) -> Answer: ...
"""

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Protocol, TypeVar

from flask import Blueprint, Response, jsonify, request

from collab.core import idempotency
from collab.core.envelope import Seen
from collab.core.errors import Conflict, Invalid, Problem, Stale, WrongType
from collab.core.forms import Form, parse, wrong
from collab.core.i18n import N_, _

from .doors import door

Answer = Any
PREFIX = "/api/v1"
MOST_KEY = 200
TWICE: Final = N_("This is given twice.")
_ETAG = re.compile(r'^(?:W/)?"(\d{1,15})"$')


def api_blueprint(name: str) -> Blueprint:
    """A blueprint for a package's part of the API."""
    return Blueprint(f"{name}_api", f"collab.{name}", url_prefix=PREFIX)


def endpoint(
    blueprint: Blueprint,
    route: str,
    *,
    takes: type[Form] | None = None,
    query: type[Form] | None = None,
    gives: str | None = None,
    public: bool = False,
    receives: bool = False,
    most: int | None = None,
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Declare an API view. It receives the parsed `form` and `query` where it declared them, then path values.

    Where no form is declared a body may only be empty. `receives`: it takes files (multipart/form-data); a key against
    repetition is then the uploads' own. `most`: as at `door`.
    It answers with something JSON can hold, `(value, status)`, `(value, status, headers)`, or a Response.
    """
    method = route.split(" ", 1)[0]

    def declare(view: Callable[..., Answer]) -> Callable[..., Answer]:
        def answer(**path: Any) -> Response:
            if query is not None:
                path["query"] = parse(query, _asked())
            if takes is not None:
                path["form"] = parse(takes, body(), typed=True, as_json=True)
            elif method != "GET" and not receives and most is None:
                _refuse_what_is_said()
            if method == "POST" and not receives and (key := request.headers.get("Idempotency-Key")) is not None:
                return _once(key, view, path)
            return reply(view(**path))

        answer.__name__, answer.__doc__ = view.__name__, view.__doc__
        shape: dict[str, Any] = {"takes": takes, "query": query, "gives": gives, "receives": receives, "most": most}
        door(blueprint, route, public=public, api=True, **shape)(answer)
        return view

    return declare


def _once(key: str, view: Callable[..., Answer], path: dict[str, Any]) -> Response:
    if not 1 <= len(key) <= MOST_KEY or not key.isascii() or not key.isprintable():
        raise wrong("Idempotency-Key", _(N_("A key has 1 to 200 plain characters.")))
    whole = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    with idempotency.claiming(idempotency.Claim(key, hashlib.sha256(whole).digest())) as claim:
        response = reply(view(**path))
        if claim.replayed:
            response.headers["Idempotency-Replayed"] = "true"
        return response


def _asked() -> dict[str, str]:
    """The names of the query string. Raises Invalid where one is given twice: which of the two is meant is not said."""
    twice = [name for name, values in request.args.lists() if len(values) > 1]
    if twice:
        raise Invalid(fields={name: [_(TWICE)] for name in twice})
    return request.args.to_dict()


class _Twice(Exception):
    """A name that an object of JSON has twice."""


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in pairs:
        if name in given:
            raise _Twice(name)
        given[name] = value
    return given


def body() -> dict[str, Any]:
    """The JSON object that was sent. Raises WrongType, Invalid where a name is given twice, or Problem 400 when it is
    no JSON object."""
    if request.mimetype != "application/json":
        raise WrongType(_(N_("Send JSON, with Content-Type: application/json.")))
    try:
        given = json.loads(request.get_data(), object_pairs_hook=_once_each)
    except RecursionError as error:
        raise Problem(_(N_("This JSON is nested too deeply."))) from error
    except _Twice as twice:
        raise Invalid(fields={str(twice): [_(TWICE)]}) from None
    except ValueError as error:
        raise Problem(_(N_("This is no JSON that can be read."))) from error
    if not isinstance(given, dict):
        raise Problem(_(N_("A JSON object is expected.")))
    return given


class Nothing(Form):
    """What a door takes that says nothing of a body."""


def _refuse_what_is_said() -> None:
    """No body, or an empty object: it would be done without what it says. Raises as `body`, Invalid at each field."""
    if request.get_data():
        parse(Nothing, body(), typed=True, as_json=True)


def reply(answered: Answer) -> Response:
    """A view's answer as a response, with its version as ETag."""
    if isinstance(answered, Response):
        return answered
    value, status, headers = (*answered, 200, {})[:3] if isinstance(answered, tuple) else (answered, 200, {})
    if isinstance(answered, tuple) and len(answered) == 2:
        value, status, headers = answered[0], answered[1], {}
    if value is None and status == 204:
        empty = Response(status=204, headers=headers)
        del empty.headers["Content-Type"]  # there is nothing that could be of a type
        return empty
    response = jsonify(value)
    response.status_code = status
    response.headers.extend(headers)
    if isinstance(value, dict) and isinstance(value.get("version"), int):
        response.headers["ETag"] = f'"{value["version"]}"'
    return response


def seen(id_: int) -> Seen:
    """The thing with the version the caller says they saw (`If-Match`), if they say."""
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return Seen(id_, None)
    version = _given(given)
    return Seen(id_, -1 if version is None else version)


class Versioned(Protocol):
    """Something read that says which version of it this is."""

    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...


V = TypeVar("V", bound=Versioned)
TRIES: Final = 12
"""Of a change without a condition, while others change the same thing."""


def write_over(read: Callable[[], V], write: Callable[[V, Seen], object]) -> None:
    """Write some fields over the others as they stand: `write` gets what was read and the version it may change.

    What is not sent was just read, so somebody else's change in between is not written over. Without `If-Match` it is
    read and tried again then: of those who write at once one is through each time, so as many as there are tries are.
    Raises Conflict when others came between every time, Stale where `If-Match` was given.
    """
    for _turn in range(TRIES):
        found = read()
        said = seen(found.id)
        if said.version is not None:
            write(found, said)
            return
        with suppress(Stale):
            write(found, Seen(found.id, found.version))
            return
    raise Conflict


def _given(tag: str | None) -> int | None:
    found = _ETAG.match(tag.strip()) if tag else None
    return int(found[1]) if found else None


def listed(items: list[dict[str, Any]], after: str | None) -> dict[str, Any]:
    """A page of a list, with the cursor of the next one."""
    return {"items": items, "next": after}
