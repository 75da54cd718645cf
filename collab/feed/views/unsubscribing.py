"""The address in letters that ends them without signing in: all letters about what one hears of, or one list."""

from flask import Response

from collab.core.actor import SYSTEM
from collab.core.errors import NotFound
from collab.web.doors import door
from collab.web.pages import show

from .. import commands
from ..unsubscribing import Letters, letters_of
from ..view_letters.commands import stop_list
from ..view_letters.queries import name_for
from . import feed


@door(feed, "GET /unsubscribe/<token>", public=True)
def unsubscribe(token: str) -> Response:
    """Ask whether letters shall end; asking ends nothing, since mail programs open addresses by themselves."""
    return _page(token, _which(token), ended=False)


@door(feed, "POST /unsubscribe/<token>", public=True)
def stop_mails(token: str) -> Response:
    """End letters to whoever holds this address; without signing in, as mail programs do it (RFC 8058)."""
    which = _which(token)
    if which.view_id is None:
        commands.stop_mails(SYSTEM, which.person_id)
    else:
        stop_list(SYSTEM, which.view_id, which.person_id)
    return _page(token, which, ended=True)


def _page(token: str, which: Letters, *, ended: bool) -> Response:
    of_list = which.view_id is not None
    name = name_for(which.view_id, which.person_id) if which.view_id is not None and not ended else None
    return show("feed/unsubscribe.html", token=token, ended=ended, of_list=of_list, name=name)


def _which(token: str) -> Letters:
    which = letters_of(token)
    if which is None:
        raise NotFound
    return which
