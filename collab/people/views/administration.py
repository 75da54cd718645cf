"""The administrator's pages: nothing of them exists for anybody else, heads included."""

from flask import Response

from collab.core.dates import digits
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, go, show

from ..mailing import NOT_TO_BE_OPENED, given_up, has_server, open_letter
from ..queries.mail import LetterLine, letter, letters
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
    """Letters that wait for a mail server, went out, or could not be handed in; without their texts."""
    form = asked(ListForm)
    page = letters(form.after)
    return show(
        "people/administration/mail.html",
        letters=page.items,
        when=Instants(actor()),
        has_server=has_server(),
        given_up=(up := given_up()),
        given_up_count=digits(up),
        previous_href=next_page("/administration/mail", form, page.previous),
        next_href=next_page("/administration/mail", form, page.next),
    )


@door(administration_pages, "GET /mail/<id:mail_id>/opening")
def letter_to_open(mail_id: int) -> Response:
    """Ask before somebody else's letter is opened: it is written down that you did."""
    if has_server():
        raise Forbidden(_(NOT_TO_BE_OPENED))
    return _letter(letter(mail_id), "")


@door(administration_pages, "POST /mail/<id:mail_id>/opening")
def opened_letter(mail_id: int) -> Response:
    """Open a letter to hand its link on, where no mail server can."""
    text = open_letter(actor(), mail_id)
    return _letter(letter(mail_id), text)


def _letter(found: LetterLine, text: str) -> Response:
    return show("people/administration/letter.html", letter=found, text=text, when=Instants(actor()))
