"""Outsiders: offices, companies and citizens that work waits for or comes from."""

from sqlalchemy import insert

from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session

from ..events import OutsiderAdded, OutsiderChanged
from ..forms.organisation import OutsiderForm
from ..models import Outsider
from ..organisation import parties
from ..policy import may_add_outsider, may_change_outsider
from ..policy import outsiders as reach


@open_command(may_add_outsider)
def add_outsider(_actor: Actor, form: OutsiderForm) -> int:
    """Put somebody outside the organisation on the list. Returns their id."""
    id_ = parties.add_parties(session(), "outsider", [parties.Naming(form.name, form.names())])[0]
    row = {"id": id_, "email": form.email, "phone": form.phone, "address": form.address, "note": form.note}
    session().execute(insert(Outsider), [row])
    record(OutsiderAdded(subject=id_, outsider=id_))
    return id_


@command(may_change_outsider, on=reach)
def change_outsider(_actor: Actor, outsider: Outsider, form: OutsiderForm) -> None:
    """Change what is known of an outsider."""
    parties.rename_parties(session(), [(outsider.id, parties.Naming(form.name, form.names()))])
    outsider.email, outsider.phone, outsider.address, outsider.note = form.email, form.phone, form.address, form.note
    outsider.version += 1
    record(OutsiderChanged(subject=outsider.id, outsider=outsider.id))
