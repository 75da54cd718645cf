"""People, their memberships and absences, outsiders, and choosing a party, over the API."""

from typing import Any

from collab.core.errors import Forbidden
from collab.web.actors import actor
from collab.web.api import endpoint, listed, seen

from ..commands import absences, members, outsiders
from ..commands import people as accounts
from ..forms.asking import ListQuery, PartiesQuery, PeopleQuery
from ..forms.organisation import CloseForm, MembershipForm, OutsiderForm
from ..forms.people import AbsenceForm, ChangePersonForm, NewPersonForm, RolesForm
from ..policy import may_administer
from ..queries import lists
from ..queries import person as cards
from ..queries.directory import absent, belongings, colleagues
from ..queries.parties import KINDS, offer_parties
from ..queries.presence import presence_of
from ..queries.today import today
from ..views.access import site
from . import api


def _belongs(found: Any) -> list[dict[str, Any]]:
    return [
        {"unit_id": one.unit_id, "code": one.code, "name": one.unit, "kind": one.kind, "main": one.main}
        for one in found
    ]


def _person(person_id: int) -> dict[str, Any]:
    card, day = cards.find_person(actor(), person_id), today()
    away = absent([person_id], day).get(person_id)
    return {
        "id": card.id,
        "name": card.name,
        "names": card.names,
        "email": card.email,
        "title": card.title,
        "phone": card.phone,
        "active": card.active,
        "account": card.account if may_administer(actor()) else None,
        "roles": list(card.roles),
        "units": _belongs(belongings([person_id], day).get(person_id, [])),
        "away_until": away.isoformat() if away else None,
        "version": card.version,
    }


@endpoint(api, "GET /people", query=PeopleQuery, gives="PersonList")
def list_people(query: PeopleQuery) -> Any:
    """The directory: people by name, of one unit and below when given. Administrators read how each `account` stands
    (open, not-invited, invited and without a password yet, closed) and may ask for those alone."""
    who, account = actor(), query.account
    tells = may_administer(who)
    if account and not tells:
        raise Forbidden
    page = colleagues(who, query.text, query.unit_id, query.after, query.limit, closed=query.closed, account=account)
    items = [
        {
            "id": one.id,
            "name": one.name,
            "email": one.email,
            "title": one.title,
            "phone": one.phone,
            "active": one.active,
            "account": one.account if tells else None,
            "roles": list(one.roles),
            "units": _belongs(one.belongs),
            "away_until": one.away_until.isoformat() if one.away_until else None,
            "version": one.version,
        }
        for one in page.items
    ]
    return listed(items, page.next)


@endpoint(api, "POST /people", takes=NewPersonForm, gives="Person")
def create_person(form: NewPersonForm) -> Any:
    """Give somebody an account and send the invitation. Administrators only."""
    person_id = accounts.add_person(actor(), form, site())
    return _person(person_id), 201, {"Location": f"/api/v1/people/{person_id}"}


@endpoint(api, "GET /people/<id:person_id>", gives="Person")
def get_person(person_id: int) -> Any:
    """One person, with where they belong today."""
    return _person(person_id)


@endpoint(api, "GET /people/<id:person_id>/presence", gives="Presence")
def get_presence(person_id: int) -> Any:
    """Whether somebody is here: `here` (a page is open), `absent` until a day with who stands in, `away` (neither, or
    they do not show it), `unknown` while that cannot be asked. Open lines hear of changes as `presence`."""
    found = presence_of(actor(), person_id)
    return {
        "state": found.state,
        "until": found.until.isoformat() if found.until else None,
        "substitute_id": found.substitute_id,
        "substitute": found.substitute or None,
    }


@endpoint(api, "PUT /people/<id:person_id>", takes=ChangePersonForm, gives="Person")
def change_person(form: ChangePersonForm, person_id: int) -> Any:
    """Change name, mail address, title or telephone."""
    accounts.change_person(actor(), seen(person_id), form)
    return _person(person_id)


@endpoint(api, "POST /people/invitations")
def invite_all() -> Any:
    """Send the invitation to everybody to whom none went yet; says to how many. Administrators only."""
    return {"invited": accounts.invite_all(actor(), site())}, 201


@endpoint(api, "POST /people/<id:person_id>/invitations")
def invite_person(person_id: int) -> Any:
    """Send the invitation, for the first time or again."""
    accounts.invite_person(actor(), person_id, site())
    return None, 204


@endpoint(api, "POST /people/<id:person_id>/deactivation", gives="Person")
def deactivate_person(person_id: int) -> Any:
    """Close an account: sessions and tokens end at once."""
    accounts.deactivate_person(actor(), seen(person_id))
    return _person(person_id), 201


@endpoint(api, "DELETE /people/<id:person_id>/deactivation")
def reactivate_person(person_id: int) -> Any:
    """Open a closed account again."""
    accounts.reactivate_person(actor(), seen(person_id))
    return None, 204


@endpoint(api, "PUT /people/<id:person_id>/roles", takes=RolesForm, gives="Person")
def give_roles(form: RolesForm, person_id: int) -> Any:
    """Say which roles somebody has in the whole organisation."""
    accounts.give_roles(actor(), seen(person_id), form)
    return _person(person_id)


@endpoint(api, "GET /people/<id:person_id>/memberships", gives="MembershipList")
def list_memberships(person_id: int) -> Any:
    """Where somebody belongs, belonged and will belong."""
    cards.find_person(actor(), person_id)
    items = [
        {
            "id": one.id,
            "unit_id": one.unit_id,
            "kind": one.kind,
            "post_id": one.post_id,
            "main": one.main,
            "valid_from": one.valid_from.isoformat(),
            "valid_to": one.valid_to.isoformat() if one.valid_to else None,
        }
        for one in cards.places(actor(), person_id)
    ]
    return listed(items, None)


@endpoint(api, "POST /people/<id:person_id>/memberships", takes=MembershipForm)
def begin_membership(form: MembershipForm, person_id: int) -> Any:
    """Put somebody into a unit from a day on."""
    return {"id": members.begin_membership(actor(), person_id, form)}, 201


@endpoint(api, "POST /memberships/<id:membership_id>/end", takes=CloseForm)
def end_membership(form: CloseForm, membership_id: int) -> Any:
    """Take somebody out of a unit on a day."""
    members.end_membership(actor(), membership_id, form)
    return None, 204


@endpoint(api, "PUT /memberships/<id:membership_id>/main")
def choose_main(membership_id: int) -> Any:
    """Make a membership somebody's main one."""
    members.choose_main(actor(), membership_id)
    return None, 204


@endpoint(api, "GET /people/<id:person_id>/absences", gives="AbsenceList")
def list_absences(person_id: int) -> Any:
    """Present and coming absences of somebody."""
    cards.find_person(actor(), person_id)
    items = [
        {
            "id": one.id,
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
            "substitute_id": one.substitute_id,
            "note": one.note,
        }
        for one in cards.absences(actor(), person_id)
    ]
    return listed(items, None)


@endpoint(api, "POST /people/<id:person_id>/absences", takes=AbsenceForm)
def record_absence(form: AbsenceForm, person_id: int) -> Any:
    """Note that somebody is away, and who stands in."""
    return {"id": absences.record_absence(actor(), person_id, form)}, 201


@endpoint(api, "DELETE /absences/<id:absence_id>")
def cancel_absence(absence_id: int) -> Any:
    """Take an absence back, or end it today."""
    absences.cancel_absence(actor(), absence_id)
    return None, 204


def _outsider(one: lists.OutsiderLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "names": one.names,
        "email": one.email,
        "phone": one.phone,
        "address": one.address,
        "note": one.note,
        "version": one.version,
    }


@endpoint(api, "GET /outsiders", query=ListQuery, gives="OutsiderList")
def list_outsiders(query: ListQuery) -> Any:
    """Offices, companies and citizens outside the organisation, by name."""
    page = lists.outsiders(actor(), query.text, query.after, query.limit)
    return listed([_outsider(one) for one in page.items], page.next)


@endpoint(api, "POST /outsiders", takes=OutsiderForm, gives="Outsider")
def add_outsider(form: OutsiderForm) -> Any:
    """Put somebody outside the organisation on the list."""
    id_ = outsiders.add_outsider(actor(), form)
    return _outsider(lists.find_outsider(actor(), id_)), 201, {"Location": f"/api/v1/outsiders/{id_}"}


@endpoint(api, "GET /outsiders/<id:outsider_id>", gives="Outsider")
def get_outsider(outsider_id: int) -> Any:
    """One outsider."""
    return _outsider(lists.find_outsider(actor(), outsider_id))


@endpoint(api, "PUT /outsiders/<id:outsider_id>", takes=OutsiderForm, gives="Outsider")
def change_outsider(form: OutsiderForm, outsider_id: int) -> Any:
    """Change what is known of an outsider."""
    outsiders.change_outsider(actor(), seen(outsider_id), form)
    return _outsider(lists.find_outsider(actor(), outsider_id))


@endpoint(api, "GET /parties", query=PartiesQuery, gives="PartyList")
def list_parties(query: PartiesQuery) -> Any:
    """People, units, posts and outsiders whose names begin with these words, best first, then those a slip away."""
    kinds = [kind for kind in query.kinds.split(",") if kind in KINDS] or list(KINDS)
    found = offer_parties(actor(), query.text, kinds, query.limit)
    return listed([one._asdict() for one in found], None)
