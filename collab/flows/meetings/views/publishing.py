"""The public version of the minutes: seen before it goes out, published by the chair."""

from typing import Any

from flask import Response

from collab.core import markdown
from collab.core.dates import digits
from collab.core.errors import Conflict
from collab.core.i18n import LOCALES, N_, _, ngettext
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import go, show
from collab.work.queries.parties import names_of
from collab.work.views.marks import Words

from .. import commands, further, queries
from ..policy import may_approve
from ..public import may_go_out, public_of
from ..queries import Found
from ..shown import held_words
from ..voted import public_votes
from ..words import ASKERS
from . import pages
from .page import full

PUBLISHED = N_("The minutes are published.")


@door(pages, "GET /meetings/<ref:item>/public")
def public_minutes(item: str) -> Response:
    """What will be public of the minutes, or is."""
    return _public(queries.find_meeting(actor(), item))


@door(pages, "PUT /meetings/<ref:item>/publication")
def publish_minutes(item: str) -> Response:
    """Publish the minutes, as chair."""
    found = queries.find_meeting(actor(), item)
    try:
        commands.publish_minutes(actor(), found.id)
    except Conflict as problem:
        return full(found, "", {"": [problem.sentence()]}, problem.status)
    return go(f"/meetings/{found.reference}/public", _(PUBLISHED))


def _public(found: Found) -> Response:
    who, words = actor(), Words(actor())
    people = queries.people_of(found)
    minutes = public_of(queries.points_of(who, found), further.questions_of(found), people, public_votes(found))
    names = names_of(who, [found.unit_id, found.chair_id, found.secretary_id])
    it: Any = found
    texts = markdown.Texts()
    return show(
        "meetings/public.html",
        found=found,
        minutes=minutes,
        notes={point.number: texts.render(point.notes) for point in minutes.points},
        unit=names.one(found.unit_id).name,
        chair=names.one(found.chair_id).name,
        secretary=names.one(found.secretary_id).name,
        starts=held_words(who, found),
        present=ngettext(
            "%(number)s person was there", "%(number)s people were there", minutes.present,
            number=digits(minutes.present),
        ),
        askers={code: _(label) for code, label in ASKERS.items()},
        published=words.when(found.published_at) if found.published_at else None,
        publishes=may_approve(who, it) and may_go_out(found) and found.published_at is None,
        languages=[(code, name, code == who.locale) for code, name in LOCALES.items()],
    )  # fmt: skip
