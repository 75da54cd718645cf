"""What a page answers after an act: the page one came from, or word to the open page that it should ask again."""

import json
from datetime import datetime
from typing import TypeGuard

from flask import Response, make_response, request

from collab.core.errors import Forbidden, NotFound, Over
from collab.core.i18n import _
from collab.web.actors import actor
from collab.web.pages import back, entered, go

from ..over import ALREADY, YOURS
from ..queries.items import find_item
from ..queries.parties import names_of
from ..queries.repeated import done_already
from ..queries.undoing import undoable

CHANGED = "item-changed"


def is_part() -> bool:
    """Whether an open page asks for, or sends, a part of itself."""
    return request.headers.get("HX-Request-Type") == "partial"


def done(reference: str, said: str, *, undo: int | None = None, way_back: str = "") -> Response:
    """After an act on an item: where the form wanted to go; an open page of the item asks again in place.

    `undo` is the line of the ledger that can be undone from the sentence; `way_back` another address that undoes it.
    """
    address = f"/work-items/{reference}"
    way_back = f"/facts/{undo}/undo" if undo is not None else way_back
    if is_part():
        named = f"\u2068{reference.upper()}\u2069 · {said}"
        told = json.dumps({CHANGED: True, "toast": {"text": named, "undo": way_back}})
        return make_response("", 204, {"HX-Trigger": told})
    if request.form.get("next"):
        return back(address, said, undo=way_back)
    return go(address, said, undo=way_back)


def acted(reference: str, item_id: int, said: str, begun: datetime) -> Response:
    """`done`, with the way back where something happened since the request was `begun` that can be undone."""
    return done(reference, said, undo=undoable(actor(), item_id, begun))


def written_in_vain(refusal: Forbidden | Over, name: str) -> TypeGuard[Over]:
    """Whether somebody else came first and words were written into this field: they are not thrown away."""
    return isinstance(refusal, Over) and refusal.by != actor().person_id and bool(entered().get(name, "").strip())


def already(reference: str, refusal: Forbidden | Over, *kinds: str) -> Response:
    """The same act a second time, by a double click or by a colleague a moment earlier, is told calmly: by whom it was
    done. Raises `refusal` when none of these acts was the last of its sort on the item, unless it is over anyhow."""
    if isinstance(refusal, Over):
        return done(reference, refusal.sentence())
    try:
        item = find_item(actor(), reference)
    except NotFound:
        raise refusal from None
    told = done_already(item, *kinds)
    if told is None:
        raise refusal
    if told.actor_id == actor().person_id:
        return done(item.reference, _(YOURS[told.kind]))
    name = names_of(actor(), [told.actor_id]).one(told.actor_id).name
    return done(item.reference, _(ALREADY[told.kind], name=name))
