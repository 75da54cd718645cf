"""How a route is declared. A route that is not declared here stops the application from starting.

Everything needs a signed-in person unless `public=True` says otherwise, and the public ones are listed in one test.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

from flask import Blueprint, Flask, request

from collab.core import readings
from collab.core.forms import Form, single_fields

from .once import carried_out_once
from .pages import SINGLE, asked

View = Callable[..., Any]
MOST_ASKED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Door:
    """What is promised about one endpoint: who may knock, what goes in, what comes out."""

    endpoint: str
    method: str
    address: str
    public: bool
    api: bool
    takes: type[Form] | None
    query: type[Form] | None
    gives: str | None
    about: str
    view: View
    receives: bool = False
    most: int | None = None
    page: str | None = None


DOORS: dict[str, Door] = {}


def door(
    blueprint: Blueprint,
    route: str,
    *,
    public: bool = False,
    takes: type[Form] | None = None,
    query: type[Form] | None = None,
    gives: str | None = None,
    api: bool = False,
    receives: bool = False,
    most: int | None = None,
    page: str | None = None,
) -> Callable[[View], View]:
    """Declare a view: `@door(pages, "POST /work-items/<ref:item>/completion")`.

    `takes` is the form of the body, `query` that of the address; the API's description is made from them.
    `receives`: files come in here, so the body may be larger than elsewhere; `most`: a body that is no form may have
    as many bytes here. `page`: where the form is that is sent here, if not on the nearest page above this address.
    """
    method, address = route.split(" ", 1)
    if method not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        raise TypeError(f"{route}: a route begins with its method")

    def declare(view: View) -> View:
        endpoint = f"{blueprint.name}.{view.__name__}"
        if endpoint in DOORS:
            raise TypeError(f"two views are called {endpoint}")
        about = (view.__doc__ or "").strip()
        if not about:
            raise TypeError(f"{endpoint} does not say what it is for")
        full = (blueprint.url_prefix or "") + address
        said = (public, api, takes, query, gives, about, view, receives, most, page)
        SINGLE[endpoint] = single_fields(takes) if takes is not None else frozenset()
        DOORS[endpoint] = Door(endpoint, method, full, *said)
        once = method == "POST" and not (api or receives or public)
        heard = view if query is None or api or method == "GET" else _after_reading(view, query)
        kept = carried_out_once(heard) if once else heard
        blueprint.add_url_rule(address, view.__name__, _recorded(kept), methods=[method])
        return view

    return declare


def _after_reading(view: View, query: type[Form]) -> View:
    """`view`, of whose act nothing is done where its address is wrong."""

    @functools.wraps(view)
    def answer(**path: Any) -> Any:
        asked(query)
        return view(**path)

    return answer


def _recorded(view: View) -> View:
    """`view`, whose answer leaves only when what it showed to an auditor is written down."""

    @functools.wraps(view)
    def answer(**path: Any) -> Any:
        with readings.gathered() as read:
            given = view(**path)
        if read.things or read.lists:
            readings.write_down(read, request.url_rule.rule if request.url_rule else "", _asked())
        return given

    return answer


def _asked() -> str:
    """What a list was asked for: the filled fields of the address, else where it stands. Which part of the list it
    was (`after`) says nothing to a reader of the ledger."""
    filled = parse_qsl(request.query_string.decode("ascii", "replace"), errors="replace")
    said = "; ".join(f"{name}={value}" for name, value in filled if value.strip() and name != "after")
    return (said or request.path).replace("\0", "")[:MOST_ASKED]


def refuse_undeclared(app: Flask) -> None:
    """Raise RuntimeError when some route of the application did not go through `door`."""
    strangers = sorted({rule.endpoint for rule in app.url_map.iter_rules()} - DOORS.keys() - {"static"})
    if strangers:
        raise RuntimeError(f"routes without a declared door: {', '.join(strangers)}")
