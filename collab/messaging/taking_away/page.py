"""A conversation as one page that can be read anywhere, without Collab and without a network."""

from typing import Final
from urllib.parse import quote

from flask import current_app
from markupsafe import Markup, escape

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, direction, in_language, locale
from collab.files.queries import File

from ..belated import both
from ..gone import gone_says
from ..queries import Said
from ..quoting import quoted_of
from ..rendering import html_of

TAKEN: Final = N_("A copy taken by %(name)s on %(day)s, up to message %(number)s")
_STYLE: Final = Markup("""
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-inline-size: 46rem; margin: 2rem auto; padding-inline: 1rem; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; border-block-end: 1px solid #8888; }
article { margin-block: 1rem; overflow-wrap: anywhere; } article > :is(p, div, blockquote) { margin-block: .2rem; }
time, .gone, .taken { color: #767676; }
blockquote { margin-inline: 0; padding-inline-start: .75rem; border-inline-start: 3px solid #8888; }
@media print { article { break-inside: avoid; } }
""")


def beginning(actor: Actor, title: str, topic: str | None, day: str, number: int) -> str:
    """Everything before the first message."""
    taken = _(TAKEN, name=actor.name, day=day, number=dates.digits(number))
    return str(
        Markup(
            '<!doctype html>\n<html lang="{}" dir="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>{}</title><style>{}</style></head><body>\n'
            '<h1 dir="auto">{}</h1>{}<p class="taken">{}</p>\n'
        ).format(
            locale(), direction(), title, _STYLE, title,
            Markup('<p dir="auto">{}</p>').format(topic) if topic else "", taken,
        )
    )  # fmt: skip


def ending() -> str:
    return "</body></html>\n"


def message(actor: Actor, said: Said, before: Said | None, files: list[tuple[File, str]]) -> str:
    """One message, under a heading of its day where that is another than the one before."""
    day = dates.local_day(said.created_at, actor.time_zone)
    new = before is None or dates.local_day(before.created_at, actor.time_zone) != day
    shown = dates.shown(day, "weekday", calendar=actor.calendar)  # type: ignore[arg-type]
    heading = Markup("<h2>{}</h2>\n").format(shown) if new else Markup()
    quote_ = quoted_of(said)
    answered = (
        Markup('<blockquote><a href="#m{}"><bdi>{}</bdi></a> <span dir="auto">{}</span></blockquote>').format(
            quote_.id, quote_.name, quote_.text
        )
        if quote_
        else Markup()
    )
    name = in_language(said.names, said.label)
    at = dates.clock(said.created_at, actor.time_zone)
    if said.written_at is not None:
        at = both(actor, said.written_at, said.created_at)
    if said.gone:
        body = Markup('<p class="gone">{}</p>').format(gone_says(actor, said))
    else:
        # Links to people and messages lead into Collab; as they stand they would lead nowhere in a file.
        inside = str(html_of(actor, said)).replace('href="/', f'href="{escape(current_app.config["COLLAB_URL"])}/')
        body = Markup("<div>{}</div>").format(Markup(inside))  # noqa: S704 (safe HTML with longer addresses)
        body += Markup("").join(
            Markup('<p><a href="{}"><bdi>{}</bdi></a></p>').format(quote(path), file.name) for file, path in files
        )
    head = Markup('<p><b><bdi>{}</bdi></b> <time datetime="{}">{}</time></p>').format(
        name, said.created_at.isoformat(), at
    )
    return str(heading + Markup('<article id="m{}">{}{}{}</article>\n').format(said.id, head, answered, body))
