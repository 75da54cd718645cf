"""People as administrators change them: accounts, memberships, roles."""

from flask import Response

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.errors import Invalid, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _, ngettext
from collab.core.in_hand import DESK_COUNTS
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show
from collab.web.shell import initials

from ..commands import members
from ..commands import people as accounts
from ..forms.organisation import CloseForm, MembershipForm, Sure
from ..forms.people import ChangePersonForm, NewPersonForm, RolesForm
from ..mailing import has_server
from ..queries.directory import colleagues, without_password
from ..queries.person import Card, find_person, places, whose_membership
from ..queries.today import today
from ..words import KINDS, ROLES, Days, hue, languages, options, said
from . import administration_pages
from .access import site
from .entry import Entry, Field, entry, naming_fields, naming_values, picked, seen, sent, status_of
from .listing import ListForm, next_page
from .when import Instants

BASE = "/administration/people"
MADE_AND_WAITING = N_("The account is made. No mail server is set: its invitation waits under Mail, hand it on there.")
WAITING = N_("No mail server is set: the invitation waits under Mail, hand it on there.")

STILL_LYING = N_("The account is closed. Its desk is not empty.")


@door(administration_pages, "GET /people")
def people_list() -> Response:
    """Every account, and the form for a new one."""
    return _people_page()


@door(administration_pages, "POST /people")
def new_person() -> Response:
    """Give somebody an account and send the invitation."""
    try:
        person_id = accounts.add_person(actor(), parse(NewPersonForm, picked(entered(), unit_id="unit")), site())
    except Invalid as problem:
        return _people_page(problem)
    return _invited(person_id, N_("The account is made and the invitation is on its way."), MADE_AND_WAITING)


def _people_page(problem: Invalid | None = None, *, sure: bool = False) -> Response:
    who, form = actor(), asked(ListForm)
    page = colleagues(who, form.text, None, form.after, closed=form.closed, account=form.account)
    # While somebody is looked for the numbers are left away, and with them the act for all.
    not_invited, invited = (0, 0) if form.text else without_password(who)
    counted = {"not-invited": digits(not_invited), "invited": digits(invited)}
    fields = [
        Field("email", _(N_("Mail address")), "email", required=True, autocomplete="off"),
        *naming_fields(),
        Field("title", _(N_("Job title"))),
        Field("phone", _(N_("Telephone"))),
        Field("locale", _(N_("Language")), "select", options=languages()),
        Field("unit_id", _(N_("Unit")), "party", kinds="unit"),
        Field("kind", _(N_("As")), "select", options=options(KINDS)),
        Field("valid_from", _(N_("From")), "date"),
    ]
    values = {"kind": "member", "valid_from": today(), "locale": who.locale}
    new = entry(BASE, _(N_("Make account and invite")), fields, values, problem=problem, typed=entered())
    return show(
        "people/administration/people.html",
        status=422 if problem else 200,
        people=[(one, initials(one.name), hue(one.id)) for one in page.items],
        text=form.text,
        closed=form.closed,
        account=form.account,
        not_invited=not_invited,
        counted=dict.fromkeys(counted, "") if form.text else counted,
        question=_invite_all(not_invited),
        sure=sure and not_invited > 0,
        form=new,
        roles=said(ROLES),
        previous_href=next_page(BASE, form, page.previous),
        next_href=next_page(BASE, form, page.next),
    )


@door(administration_pages, "POST /people/invitations")
def invite_all() -> Response:
    """Send everybody who was not invited yet the invitation. It is asked first whether that is really meant."""
    if not filled(Sure).sure:
        return _people_page(sure=True)
    number = accounts.invite_all(actor(), site())
    if not number:
        return go(BASE, _(N_("Everybody is invited already.")))
    count = digits(number)
    if has_server():
        said = ngettext(
            "%(count)s invitation is on its way.", "%(count)s invitations are on their way.", number, count=count
        )
        return go(BASE, said)
    said = ngettext(
        "No mail server is set: %(count)s invitation waits under Mail, hand it on there.",
        "No mail server is set: %(count)s invitations wait under Mail, hand them on there.", number, count=count,
    )  # fmt: skip
    return go(BASE, said, see="/administration/mail")


def _invite_all(number: int) -> str:
    return ngettext(
        "Send %(count)s person the invitation with which they choose a password?",
        "Send %(count)s people the invitation with which they choose a password?", number, count=digits(number),
    )  # fmt: skip


@door(administration_pages, "GET /people/<id:person_id>")
def person(person_id: int) -> Response:
    """One account with everything that can be changed about it."""
    return _person_page(person_id)


@door(administration_pages, "PUT /people/<id:person_id>")
def change_person(person_id: int) -> Response:
    """Change name, mail address, title or telephone."""
    try:
        accounts.change_person(actor(), seen(person_id), sent(ChangePersonForm))
    except (Invalid, Stale) as problem:
        return _person_page(person_id, "change", problem)
    return go(f"{BASE}/{person_id}", _(N_("The account is changed.")))


@door(administration_pages, "POST /people/<id:person_id>/invitations")
def invite(person_id: int) -> Response:
    """Send the invitation, for the first time or again."""
    try:
        accounts.invite_person(actor(), person_id, site())
    except Invalid as problem:
        return _person_page(person_id, "invite", problem)
    return _invited(person_id, N_("The invitation is on its way."), WAITING)


def _invited(person_id: int, sent: str, waiting: str) -> Response:
    """Back to the account; where no mail server takes the invitation, with the way to where it waits."""
    if has_server():
        return go(f"{BASE}/{person_id}", _(sent))
    return go(f"{BASE}/{person_id}", _(waiting), see="/administration/mail")


@door(administration_pages, "POST /people/<id:person_id>/deactivation")
def deactivate(person_id: int) -> Response:
    """Close the account: sessions and tokens end at once. It is asked first whether that is really meant."""
    try:
        if not filled(Sure).sure:
            return _person_page(person_id, "sure")
        accounts.deactivate_person(actor(), person_id)
    except Invalid as problem:
        return _person_page(person_id, "deactivate", problem)
    if _lying(actor(), person_id):
        return go(f"{BASE}/{person_id}", _(STILL_LYING), see=f"/people/{person_id}/desk")
    return go(f"{BASE}/{person_id}", _(N_("The account is closed.")))


@door(administration_pages, "DELETE /people/<id:person_id>/deactivation")
def reactivate(person_id: int) -> Response:
    """Open the account again."""
    accounts.reactivate_person(actor(), person_id)
    return go(f"{BASE}/{person_id}", _(N_("The account is open again.")))


@door(administration_pages, "PUT /people/<id:person_id>/roles")
def give_roles(person_id: int) -> Response:
    """Say which roles somebody has in the whole organisation."""
    try:
        accounts.give_roles(actor(), seen(person_id), sent(RolesForm))
    except (Invalid, Stale) as problem:
        return _person_page(person_id, "roles", problem)
    return go(f"{BASE}/{person_id}", _(N_("The roles are changed.")))


@door(administration_pages, "POST /people/<id:person_id>/memberships")
def begin_membership(person_id: int) -> Response:
    """Put somebody into a unit."""
    try:
        members.begin_membership(
            actor(), person_id, parse(MembershipForm, picked(entered(), unit_id="unit", post_id="post"))
        )
    except Invalid as problem:
        return _person_page(person_id, "membership", problem)
    return go(f"{BASE}/{person_id}", _(N_("The membership is noted.")))


@door(administration_pages, "POST /memberships/<id:membership_id>/end")
def end_membership(membership_id: int) -> Response:
    """Take somebody out of a unit on a day."""
    person_id = whose_membership(actor(), membership_id)
    try:
        members.end_membership(actor(), membership_id, filled(CloseForm))
    except Invalid as problem:
        return _person_page(person_id, "end", problem)
    return go(f"{BASE}/{person_id}", _(N_("The membership ends on that day.")))


@door(administration_pages, "PUT /memberships/<id:membership_id>/main")
def choose_main(membership_id: int) -> Response:
    """Make this membership somebody's main one."""
    person_id = whose_membership(actor(), membership_id)
    members.choose_main(actor(), membership_id)
    return go(f"{BASE}/{person_id}", _(N_("The main unit is changed.")))


def _person_page(person_id: int, failed: str = "", problem: Invalid | Stale | None = None) -> Response:
    who = actor()
    card = find_person(who, person_id)
    loose = problem if failed in ("invite", "deactivate", "end") else None
    return show(
        "people/administration/person.html",
        status=status_of(problem),
        person=card,
        initials=initials(card.name),
        hue=hue(card.id),
        places=places(who, person_id),
        problems=[reason for found in loose.fields.values() for reason in found] if loose else [],
        failed=failed,
        lying=_lying(who, person_id),
        kinds=said(KINDS),
        today=today(),
        days=Days(who),
        when=Instants(who),
        forms=_person_forms(card, failed, problem),
    )


def _lying(who: Actor, person_id: int) -> list[tuple[str, str]]:
    """What lies on somebody's desk, in words and numbers."""
    return [(what, digits(number)) for count in DESK_COUNTS for what, number in count(who, person_id)]


def _person_forms(card: Card, failed: str, problem: Invalid | Stale | None) -> dict[str, Entry]:
    base = f"{BASE}/{card.id}"

    def made(
        key: str, action: str, act: str, fields: list[Field], values: dict[str, object], version: int | None = None
    ) -> Entry:
        wrong = problem if key == failed else None
        return entry(
            f"{base}{action}", act, fields, values, problem=wrong, typed=entered(), key=f"{key}-", version=version
        )

    known: dict[str, object] = {
        "email": card.email,
        "title": card.title,
        "phone": card.phone,
        **naming_values(card.label, card.names),
    }
    about = [
        Field("email", _(N_("Mail address")), "email", required=True, autocomplete="off"),
        *naming_fields(),
        Field("title", _(N_("Job title"))),
        Field("phone", _(N_("Telephone"))),
    ]
    belongs = [
        Field("unit_id", _(N_("Unit")), "party", kinds="unit"),
        Field("kind", _(N_("As")), "select", options=options(KINDS)),
        Field("post_id", _(N_("Post")), "party", kinds="post", hint=_(N_("The head's post comes by itself."))),
        Field("valid_from", _(N_("From")), "date", required=True),
        Field("valid_to", _(N_("First day without")), "date"),
        Field("main", _(N_("This is their main unit")), "check"),
    ]
    roles = [Field("roles", _(N_("Roles in the whole organisation")), "checks", options=options(ROLES))]
    start: dict[str, object] = {"kind": "member", "valid_from": today()}
    return {
        "change_form": made("change", "?_method=PUT", _(N_("Save")), about, known, card.version),
        "membership_form": made("membership", "/memberships", _(N_("Put into unit")), belongs, start),
        "roles_form": made(
            "roles", "/roles?_method=PUT", _(N_("Save roles")), roles, {"roles": card.roles}, card.version
        ),
    }
