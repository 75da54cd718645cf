"""What may be entered about letters and their templates, on a page or over the API."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from collab.core.forms import Day, Flag, Form, Line, PartyId, Reason, Said, complaint
from collab.core.i18n import N_, _, listed
from collab.people.forms.organisation import Named

from ..forms import ProtocolNumber
from .placeholders import NAMES, called, unknown

Language = Literal["en", "el", "fa"]
Address = Annotated[Reason, Field(max_length=1_000)]

UNKNOWN = N_("There is no placeholder {%(name)s}. Known are: %(names)s.")
BOTH = N_("A text needs its subject, and a subject its text: %(language)s.")
NO_TEXT = N_("Write the letter in one language at least.")
LANGUAGES = {"en": N_("English"), "el": N_("Greek"), "fa": N_("Persian")}


class TemplateForm(Named):
    """What letters of one sort say, in one language at least. Placeholders stand in braces: {reference}, {deadline}."""

    subject_en: Line | None = None
    body_en: Said | None = None
    subject_el: Line | None = None
    body_el: Said | None = None
    subject_fa: Line | None = None
    body_fa: Said | None = None

    @model_validator(mode="after")
    def _texts_are_whole(self) -> Self:
        for code, language in LANGUAGES.items():
            subject, body = getattr(self, f"subject_{code}"), getattr(self, f"body_{code}")
            if bool(subject) != bool(body):
                raise complaint(_(BOTH, language=_(language)))
            for name in unknown(f"{subject or ''}\n{body or ''}"):
                raise complaint(_(UNKNOWN, name=name, names=listed(f"{{{one}}}" for one in called(NAMES))))
        if not self.texts():
            raise complaint(_(NO_TEXT))
        return self

    def texts(self) -> dict[str, dict[str, str]]:
        """Language → subject and body, of those that were given."""
        return {
            code: {"subject": getattr(self, f"subject_{code}"), "body": getattr(self, f"body_{code}")}
            for code in LANGUAGES
            if getattr(self, f"body_{code}")
        }


class NewTemplate(TemplateForm):
    """A template for the letters of a unit and those below; without a unit, of the whole organisation."""

    unit: PartyId | None = None


class NewLetter(Form):
    """Which letter: from a template (without one: empty), in which language."""

    template: PartyId | None = None
    language: Language | None = None


class LetterText(Form):
    """What a letter says: to whom (name and address, line by line), the subject, the text, who signs."""

    to: Address
    subject: Line
    body: Said
    signer: Line


class Then(Form):
    """What a letter's page does with a text that was saved: its PDF, where no dots stand in it, or with them."""

    model_config = ConfigDict(extra="ignore")

    then: Literal["", "paper", "paper-with-dots"] = ""


class Sending(Form):
    """That it was sent: on which day, under which number of the registry; and until when an answer is expected."""

    on: Day
    protocol_number: ProtocolNumber | None = None
    answer_until: Day | None = None
    stops_clock: Flag = False
