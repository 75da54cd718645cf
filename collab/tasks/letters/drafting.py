"""From a template and an item to a letter: what the placeholders stand for, in the language of the letter."""

from typing import Any, NamedTuple

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.dates import shown
from collab.core.db import db
from collab.core.forms import wrong
from collab.core.i18n import N_, _, locale, speaking
from collab.people.models import Organisation, Outsider, Party
from collab.people.queries.today import today
from collab.work.queries.shapes import Item

from ..panel import PLAIN
from ..queries.details import details_of
from .forms import LANGUAGES, LetterText
from .placeholders import called, filled, used
from .queries import Template, find_template, templates_in

NO_TEMPLATE = N_("Choose a template of this unit.")
NOT_WRITTEN = N_("This template is not written in %(language)s.")
DEAR = N_("Dear Sir or Madam,")
GREETINGS = N_("Yours faithfully")


class Draft(NamedTuple):
    """A letter before it is kept. `missing`: what the item does not say, by name; dots stand in its place."""

    language: str
    to_id: int | None
    text: LetterText
    missing: list[str]


class Around(NamedTuple):
    """What is known around an item, in one language: placeholder → text, and to whom a letter goes."""

    values: dict[str, str]
    to_id: int | None
    to_lines: list[str]
    organisation: str
    unit: str


def drafted(actor: Actor, item: Item, template_id: int | None, language: str | None) -> Draft:
    """The letter that a template makes of an item. Raises Invalid at `template` and `language`."""
    template = _template(actor, item, template_id)
    language = language or _language(actor, template)
    if template is not None and language not in template.texts:
        raise wrong("language", _(NOT_WRITTEN, language=_(LANGUAGES[language])))
    with speaking(language):
        texts = template.texts[language] if template else _plain(item, "……")
    return _filled(actor, item, language, texts)


def letter_saying(actor: Actor, item: Item, words: str) -> Draft:
    """A letter without a template that says `words`, in the language being spoken."""
    return _filled(actor, item, locale(), _plain(item, words))


def _plain(item: Item, words: str) -> dict[str, str]:
    return {"subject": item.title, "body": f"{_(DEAR)}\n\n{words}\n\n{_(GREETINGS)}"}


def _filled(actor: Actor, item: Item, language: str, texts: dict[str, str]) -> Draft:
    around = around_item(actor, item, language)
    subject, body = (filled(texts[name], around.values) for name in ("subject", "body"))
    asked = used(f"{texts['subject']}\n{texts['body']}")
    text = LetterText(
        to="\n".join(around.to_lines) or "……", subject=" ".join(subject.split())[:200], body=body[:20_000],
        signer=around.values["holder"] or around.unit,
    )  # fmt: skip
    return Draft(language, around.to_id, text, called(code for code in asked if not around.values.get(code)))


def _template(actor: Actor, item: Item, template_id: int | None) -> Template | None:
    if template_id is None:
        return None
    offered = {each.id for each in templates_in(actor, {item.unit.id, item.desk.id})}
    if template_id not in offered:
        raise wrong("template", _(NO_TEMPLATE))
    return find_template(actor, template_id)


def _language(actor: Actor, template: Template | None) -> str:
    """Of a template the organisation's own language where it speaks it; else the writer's, else the first it has. An
    empty letter is in the language of whoever writes it."""
    if template is None:
        return actor.locale
    own = db.session.scalar(select(Organisation.locale)) or "en"
    return next((code for code in (own, actor.locale) if code in template.texts), next(iter(template.texts)))


def around_item(actor: Actor, item: Item, language: str) -> Around:
    """What is known of an item, its case and its counterpart, in the language of a letter; three queries."""
    details = details_of(actor, [item.id]).get(item.id, PLAIN)
    other = details.counterpart
    holder = item.holder if item.holder is not None and item.holder.kind == "person" else None
    names, contact = _names({item.desk.id, *(each.id for each in (other, holder) if each)}, language)
    organisation = db.session.execute(select(Organisation.name, Organisation.names)).first()
    city = (organisation.names or {}).get(language) or organisation.name if organisation else ""
    to = names.get(other.id, "") if other else ""
    email, address = contact.get(other.id, ("", "")) if other else ("", "")
    values = {
        "reference": item.reference,
        "title": item.title,
        "protocol": details.protocol_number or "",
        "protocol-date": day(details.protocol_on, language),
        "counterpart": to,
        "address": address,
        "deadline": day(item.due_on, language),
        "legal-basis": details.term.legal_basis or "",
        "holder": names.get(holder.id, "") if holder else "",
        "unit": names.get(item.desk.id, ""),
        "organisation": city,
        "today": day(today(), language),
    }
    return Around(values, other.id if other else None, [line for line in (to, address, email) if line], city,
                  values["unit"])  # fmt: skip


def _names(ids: set[int], language: str) -> tuple[dict[int, str], dict[int, tuple[str, str]]]:
    rows = db.session.execute(
        select(Party.id, Party.label, Party.names, Outsider.email, Outsider.address)
        .outerjoin(Outsider, Outsider.id == Party.id)
        .where(Party.id.in_(ids))
    ).all()
    names = {row.id: (row.names or {}).get(language) or row.label for row in rows}
    return names, {row.id: (row.email or "", row.address or "") for row in rows}


def day(value: Any, language: str) -> str:
    """A day as a letter writes it: in its language, Persian ones in the Jalali calendar."""
    return (
        shown(value, "long", calendar="jalali" if language == "fa" else "gregorian", locale=language) if value else ""
    )
