"""What the letters of the doors say, in the language of whoever reads them."""

from dataclasses import dataclass
from typing import Final

from collab.core.i18n import N_, _, speaking

INVITED: Final = N_("%(organisation)s: your account in Collab")
INVITATION: Final = N_(
    "Hello %(name)s,\n\n"
    "%(organisation)s works with Collab: tasks, pending items, decisions and talks in one place. "
    "An account is ready for you. Choose a password here:\n\n"
    "%(link)s\n\n"
    "The link holds for %(days)s days and can be used once. If you did not expect this letter, ignore it.\n"
)
FORGOTTEN: Final = N_("%(organisation)s: a new password for Collab")
RESET: Final = N_(
    "Hello %(name)s,\n\n"
    "Somebody, probably you, asked for a new password for your account in Collab. Choose it here:\n\n"
    "%(link)s\n\n"
    "The link holds for one hour and can be used once. If it was not you, ignore this letter: nothing has changed.\n"
)
CHANGED: Final = N_("%(organisation)s: your password was changed")
PASSWORD_CHANGED: Final = N_(
    "Hello %(name)s,\n\n"
    "The password of your account in Collab was changed just now and your other sessions were ended. "
    "If it was not you, ask for a new password at once and tell your administrator:\n\n"
    "%(link)s\n"
)
MOVED: Final = N_("%(organisation)s: the mail address of your account was changed")
ADDRESS_CHANGED: Final = N_(
    "Hello %(name)s,\n\n"
    "An administrator changed the mail address of your account in Collab just now. You sign in with the new one from "
    "now on, and letters go there; this is the last one to this address. "
    "If you know nothing of it, tell your administrator at once.\n"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and text."""

    subject: str
    body: str


def invitation(locale: str, name: str, organisation: str, link: str, days: int) -> Letter:
    """To somebody who has an account from now on."""
    with speaking(locale):
        return Letter(
            _(INVITED, organisation=organisation),
            _(INVITATION, name=name, organisation=organisation, link=link, days=days),
        )


def reset(locale: str, name: str, organisation: str, link: str) -> Letter:
    """To somebody who forgot their password."""
    with speaking(locale):
        return Letter(_(FORGOTTEN, organisation=organisation), _(RESET, name=name, link=link))


def changed(locale: str, name: str, organisation: str, link: str) -> Letter:
    """To somebody whose password is another one now."""
    with speaking(locale):
        return Letter(_(CHANGED, organisation=organisation), _(PASSWORD_CHANGED, name=name, link=link))


def moved(locale: str, name: str, organisation: str) -> Letter:
    """To the former address of somebody who is reached at another one now; which one is not said."""
    with speaking(locale):
        return Letter(_(MOVED, organisation=organisation), _(ADDRESS_CHANGED, name=name))
