"""Posts as administrators change them."""

from flask import Response

from collab.core.errors import Invalid, Stale
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show

from ..commands import posts
from ..forms.organisation import CloseForm, Named, NewPostForm
from ..queries import lists
from ..queries.today import today
from ..queries.unit import holders_of
from ..words import Days
from . import administration_pages
from .administering_units import BASE as UNITS
from .administering_units import unit_page
from .entry import Field, entry, naming_fields, naming_values, parse_id, seen, sent, status_of
from .listing import ListForm, next_page

BASE = "/administration/posts"


@door(administration_pages, "POST /posts")
def new_post() -> Response:
    """Make a post in a unit."""
    try:
        form = filled(NewPostForm)
        posts.create_post(actor(), form)
    except Invalid as problem:
        return unit_page(parse_id(entered().get("unit_id")), "post", problem)
    return go(f"{UNITS}/{form.unit_id}", _(N_("The post is made.")))


@door(administration_pages, "GET /posts")
def posts_list() -> Response:
    """Every post of today, by name."""
    who, form = actor(), asked(ListForm)
    page = lists.posts(who, form.text, None, form.after)
    return show(
        "people/administration/posts.html",
        posts=page.items,
        holders=holders_of([post.id for post in page.items], today()),
        text=form.text,
        days=Days(who),
        previous_href=next_page(BASE, form, page.previous),
        next_href=next_page(BASE, form, page.next),
    )


@door(administration_pages, "GET /posts/<id:post_id>")
def post(post_id: int) -> Response:
    """One post: its names, and the day it ends."""
    return _post_page(post_id)


@door(administration_pages, "PUT /posts/<id:post_id>")
def change_post(post_id: int) -> Response:
    """Give a post other names."""
    try:
        posts.change_post(actor(), seen(post_id), sent(Named))
    except (Invalid, Stale) as problem:
        return _post_page(post_id, "change", problem)
    return go(f"{BASE}/{post_id}", _(N_("The post is changed.")))


@door(administration_pages, "POST /posts/<id:post_id>/closure")
def close_post(post_id: int) -> Response:
    """End a post on a day."""
    try:
        posts.close_post(actor(), post_id, filled(CloseForm))
    except Invalid as problem:
        return _post_page(post_id, "close", problem)
    return go(f"{BASE}/{post_id}", _(N_("The post ends on that day.")))


def _post_page(post_id: int, failed: str = "", problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    found = lists.find_post(who, post_id)
    base = f"{BASE}/{post_id}"
    label = lists.post_label(post_id)
    change = entry(
        f"{base}?_method=PUT", _(N_("Save")), naming_fields(), naming_values(label, found.names),
        problem=problem if failed == "change" else None, typed=entered(), version=found.version,
    )  # fmt: skip
    close = entry(
        f"{base}/closure", _(N_("Close post")), [Field("on", _(N_("First day without it")), "date", required=True)],
        problem=problem if failed == "close" else None, typed=entered(), key="close-", danger=True,
    )  # fmt: skip
    return show(
        "people/administration/post.html",
        status=status_of(problem),
        post=found,
        change_form=change,
        close_form=close if found.kind != "head" else None,
        days=Days(who),
    )
