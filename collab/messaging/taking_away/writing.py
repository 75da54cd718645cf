"""Writing the zip: message by message, so that a conversation of a million needs no memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import func, select

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.files import clean_name
from collab.files.queries import File, files_on
from collab.files.receiving import store
from collab.people.models import Outsider, Party, Person

from .. import queries
from ..forms import Stretch
from ..mentions import called
from ..named import title_of
from ..owners import MESSAGE
from ..queries import About, Said
from . import jsonl, page
from .jsonl import Known

AT_ONCE: Final = 200
Placed = list[tuple[File, str]]


def write(actor: Actor, conversation_id: int, upto: int, into: Path) -> None:
    """The zip of what the actor may read of a conversation up to a number. Raises NotFound."""
    about = queries.about(actor, conversation_id)
    title = title_of(actor, about)
    with ZipFile(into, "w", ZIP_DEFLATED) as archive:
        with archive.open("conversation.html", "w", force_zip64=True) as out:
            _html(actor, about, title, upto, out)
        with archive.open("conversation.jsonl", "w", force_zip64=True) as out:
            _jsonl(actor, about, title, upto, out)
        keeper = store()
        for said, files in _messages(actor, about, upto):
            for file, path in files:
                entry = ZipInfo(path, said.created_at.timetuple()[:6])
                entry.compress_type = ZIP_STORED
                with archive.open(entry, "w", force_zip64=True) as out:
                    for piece in keeper.chunks(file.sha256):
                        out.write(piece)


def _html(actor: Actor, about: About, title: str, upto: int, out: IO[bytes]) -> None:
    today = clock.today(actor.time_zone)
    day = dates.shown(today, "long", calendar=actor.calendar)  # type: ignore[arg-type]
    out.write(page.beginning(actor, title, about.topic, day, upto).encode())
    before: Said | None = None
    for said, files in _messages(actor, about, upto):
        out.write(page.message(actor, said, before, files).encode())
        before = said
    out.write(page.ending().encode())


def _jsonl(actor: Actor, about: About, title: str, upto: int, out: IO[bytes]) -> None:
    key = f"collab-{about.id}"
    members = [one.id for one in queries.members_of([about.id]).get(about.id, [])]
    parties = _known(members)
    head = jsonl.head_line(
        key, title, about.topic, about.kind == "direct", about.archived_at is not None, parties.values()
    )
    out.write(head.encode())
    told: set[int] = set()
    for said, files in _messages(actor, about, upto):
        named = {said.author_id, *(called(said.text) if not said.gone else ())}
        parties |= _known(named - parties.keys())
        for one in sorted(named & parties.keys() - told):
            if one == said.author_id or parties[one].kind == "person":
                out.write(jsonl.author_line(parties[one]).encode())
        told |= named
        out.write(jsonl.message_line(key, said, parties, files).encode())


def _messages(actor: Actor, about: About, upto: int) -> Iterator[tuple[Said, Placed]]:
    after = 0
    while after < upto:
        found = queries.page_of(about.head, Stretch(after=after, limit=AT_ONCE)).messages
        if not found:
            return
        hanging = files_on(actor, MESSAGE, [said.id for said in found if not said.gone])
        for said in found:
            if said.seq > upto:
                return
            yield said, [(file, _place(said, file)) for file in hanging.get(said.id, [])]
        after = found[-1].seq
        db.session.rollback()


def _place(said: Said, file: File) -> str:
    return f"files/{said.seq}-{file.id}-{clean_name(file.name)}"


def _known(ids: set[int] | list[int]) -> dict[int, Known]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Party.id, Party.kind, Party.label, func.coalesce(Person.email, Outsider.email).label("email"))
        .outerjoin(Person, Person.id == Party.id)
        .outerjoin(Outsider, Outsider.id == Party.id)
        .where(Party.id.in_(list(ids)))
    )
    return {row.id: Known(row.id, row.kind, row.label, row.email) for row in rows}
