"""Outsiders: offices, companies and citizens that work waits for or comes from."""

from sqlalchemy import insert, or_, select, update

from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.text.fold import fold

from ..events import OutsiderAdded, OutsiderChanged
from ..forms.organisation import NewOutsider, OutsiderForm
from ..models import Outsider, Party
from ..organisation import parties
from ..policy import finds_outsider, may_add_outsider, may_change_outsider
from ..policy import outsiders as reach

CONTACT = ("email", "phone", "address")


@open_command(may_add_outsider)
def add_outsider(_actor: Actor, form: OutsiderForm) -> int:
    """Put somebody outside the organisation on the list. Returns their id."""
    id_ = parties.add_parties(session(), "outsider", [parties.Naming(form.name, form.names())])[0]
    row = {"id": id_, "email": form.email, "phone": form.phone, "address": form.address, "note": form.note}
    session().execute(insert(Outsider), [row])
    record(OutsiderAdded(subject=id_, outsider=id_))
    return id_


@open_command(may_add_outsider)
def keep_private(actor: Actor, outsider_id: int) -> None:
    """Let nobody else find an outsider that was written down just now on an item for named people."""
    session().execute(update(Outsider).where(Outsider.id == outsider_id).values(private_to=actor.person_id))


def use_outsider(actor: Actor, party_id: int, *, private: bool) -> bool:
    """Whether `actor` may name this party; an outsider who is named where others look is private no longer."""
    row = session().execute(select(Outsider.private_to).where(Outsider.id == party_id)).first()
    if row is None or row.private_to is None:
        return True
    if not actor.is_system and row.private_to != actor.person_id:
        return False
    if not private:
        session().execute(update(Outsider).where(Outsider.id == party_id).values(private_to=None))
    return True


def named_outsider(actor: Actor, form: NewOutsider, *, private: bool) -> int:
    """Whom a name means outside the organisation: who is known by it, else somebody new. Called by commands.

    What is entered of somebody known fills in what was missing and changes nothing else. `private`: where named people
    look, somebody new is found by nobody but whoever typed the name.
    """
    known = None if form.another else outsider_called(actor, form.name)
    if known is not None:
        use_outsider(actor, known, private=private)
        complete_outsider(actor, known, form)
        return known
    about = {"email": form.email, "phone": form.phone, "address": form.address}
    made = add_outsider(actor, OutsiderForm(name=form.name, **about))
    if private and not actor.is_system:
        keep_private(actor, made)
    return made


def outsider_called(actor: Actor, name: str) -> int | None:
    """Who outside is known to `actor` by just this name; the first on the list where several are."""
    whole = fold(name)
    begins = or_(Party.folded == whole, Party.folded.startswith(f"{whole} ", autoescape=True))
    rows = session().execute(
        select(Party.id, Party.label)
        .join(Outsider, Outsider.id == Party.id)
        .where(Party.kind == "outsider", begins, finds_outsider(actor))
        .order_by(Party.id)
    )
    return next((row.id for row in rows if fold(row.label) == whole), None)


def complete_outsider(actor: Actor, party_id: int, about: NewOutsider) -> list[str] | None:
    """Add what is entered of somebody known as far as it is missing: what was added (of `CONTACT`); nothing that stands
    there is changed. None where they are nobody outside whom `actor` finds. Called by commands."""
    known = session().scalar(
        select(Outsider)
        .where(Outsider.id == party_id, finds_outsider(actor))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if known is None:
        return None
    missing = [name for name in CONTACT if getattr(about, name) and not getattr(known, name)]
    for name in missing:
        setattr(known, name, getattr(about, name))
    if missing:
        known.version += 1
        record(OutsiderChanged(subject=known.id, outsider=known.id))
    return missing


@command(may_change_outsider, on=reach)
def change_outsider(_actor: Actor, outsider: Outsider, form: OutsiderForm) -> None:
    """Change what is known of an outsider."""
    parties.rename_parties(session(), [(outsider.id, parties.Naming(form.name, form.names()))])
    outsider.email, outsider.phone, outsider.address, outsider.note = form.email, form.phone, form.address, form.note
    outsider.version += 1
    record(OutsiderChanged(subject=outsider.id, outsider=outsider.id))
