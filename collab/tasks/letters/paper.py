"""A letter as the sheet is told it: everything in the letter's own language."""

from typing import Any

from collab.core.actor import Actor
from collab.core.i18n import N_, _, speaking
from collab.core.print import parts, sheet_data
from collab.people.queries.today import today
from collab.work.queries.shapes import Item

from .drafting import around_item, day
from .queries import LetterCard

DRAFT = N_("DRAFT")


def sheet_of(actor: Actor, item: Item, letter: LetterCard) -> dict[str, Any]:
    """What stands on the paper: of a sent letter its day and protocol number, of a draft the mark that it is one."""
    around = around_item(actor, item, letter.language)
    with speaking(letter.language):
        number = letter.protocol_number if letter.sent_on else ""
        facts = [(_("Our reference"), letter.reference), (_("Protocol"), number or "……"),
                 (_("Date"), day(letter.sent_on or today(), letter.language))]  # fmt: skip
        return sheet_data(
            letter.language,
            letter.subject,
            head={"organisation": around.organisation, "lines": [around.unit]},
            facts=facts,
            to_label=_("To"),
            to=letter.to_text.split("\n")[:12],
            subject_label=_("Subject"),
            subject=letter.subject,
            body=parts(letter.body, letter.language),
            closing=[around.unit] if letter.signer != around.unit else [],
            signer=letter.signer,
            draft="" if letter.sent_on else _(DRAFT),
            footer=letter.reference,
        )


def name_of(letter: LetterCard) -> str:
    """Under which name the PDF stands among the files of the item; made anew, it is the next version."""
    return f"{letter.reference}-letter-{letter.number}.pdf"
