"""The administrator's pages: nothing of them exists for anybody else, heads included."""

from flask import Response, current_app

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go, show

from ..queries.mail import letters
from . import administration_pages
from .listing import ListForm, next_page
from .when import Instants


@administration_pages.before_request
def for_administrators() -> None:
    """Whoever is no administrator finds nothing here."""
    if not actor().is_administrator:
        raise NotFound


@door(administration_pages, "GET ")
def administration() -> Response:
    """To the first of the administrator's pages."""
    return go("/administration/units")


@door(administration_pages, "GET /mail")
def mail() -> Response:
    """Letters that wait for a mail server, went out, or could not be handed in."""
    form = asked(ListForm)
    page = letters(form.after)
    return show(
        "people/administration/mail.html",
        letters=page.items,
        when=Instants(actor()),
        has_server=current_app.config.get("MAIL_SERVER") is not None,
        previous_href=next_page("/administration/mail", form, page.previous),
        next_href=next_page("/administration/mail", form, page.next),
    )
