"""What may be entered in a talk, on a page or over the API."""

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

from collab.core.errors import Invalid
from collab.core.forms import (
    MOST_ID,
    SENTENCES,
    Day,
    Flag,
    Form,
    Line,
    LongLine,
    PartyId,
    Perhaps,
    Said,
    Short,
    complaint,
)
from collab.core.i18n import N_, _

_NONCE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
MISSING = SENTENCES["missing"]
BAD_INSTANT = N_("A time such as 2026-03-02T09:30:00+02:00 is expected here.")
BAD_NONCE = N_("A nonce has 1 to 64 letters, digits, hyphens, dots, colons or underscores.")


def _nonce(value: object) -> str:
    if not isinstance(value, str) or _NONCE.fullmatch(value) is None:
        raise complaint(_(BAD_NONCE))
    return value


def _seq(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_ID:
        raise complaint(_(N_("A number of a message is expected here.")))
    return value


def _instant(value: object) -> datetime:
    try:
        found = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        if found is not None and found.utcoffset() is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise complaint(_(BAD_INSTANT))


_NONCE_SCHEMA = Annotated[str, Field(min_length=1, max_length=64, pattern=f"^{_NONCE.pattern}$")]
Nonce = Annotated[str, PlainValidator(_nonce, json_schema_input_type=_NONCE_SCHEMA)]
Instant = Annotated[datetime, PlainValidator(_instant, json_schema_input_type=datetime)]
Seq = Annotated[int, PlainValidator(_seq, json_schema_input_type=Annotated[int, Field(ge=0, le=MOST_ID)])]


class Say(Form):
    """A message: words, files sent before (`POST /files`), or both.

    `nonce` is chosen by the sender, new for each message: sending again under it sends nothing twice. `asks_receipt`:
    in announcements, whoever reads it is asked to say so. `urgent`: whoever it calls hears of it at once, in quiet
    hours and on free days too; five a day at most. `written_at`: when it was written, where it could not be sent then;
    shown beside the time at which it came when that was more than five minutes, and less than four weeks, before.
    `sent_at`: the time that the sender's clock shows now, by which a clock that goes wrong is seen.
    """

    text: Perhaps = ""
    nonce: Nonce
    reply_to: PartyId | None = None
    files: Annotated[list[PartyId], Field(max_length=20)] = []
    asks_receipt: Flag = False
    urgent: Flag = False
    written_at: Instant | None = None
    sent_at: Instant | None = None

    @model_validator(mode="after")
    def _not_nothing(self) -> Self:
        if not self.text and not self.files:
            raise Invalid(fields={"text": [_(MISSING)]})
        return self


class Edit(Form):
    """Another text for a message. `of`: the sign of the text it was changed from; where the message says another by now
    it is refused."""

    text: Said
    of: Annotated[str, Field(max_length=64)] | None = None


def sign_of(text: str) -> str:
    """By what the text of a message is told from another."""
    return sha256(text.encode()).hexdigest()[:16]


class Preview(Form):
    """What is written so far, to be seen as it will be said."""

    text: Perhaps = ""


class Draft(Form):
    """What is written so far and not sent."""

    text: Perhaps = ""


class Forward(Form):
    """Where a message is forwarded to, and a word with it."""

    talk: PartyId
    note: Perhaps = ""


class ReceiptsOf(Form):
    """Of which unit those are named who confirmed and who are missing, and after whom the page begins."""

    unit: PartyId | None = None
    after: PartyId | None = None


class Remind(Form):
    """When somebody wants to hear of a message again: in an hour, tomorrow morning, or on Monday morning."""

    when: Literal["hour", "tomorrow", "monday"]


class Later(Form):
    """A message that is sent at a time of one's choice: by a word, or on a `day` at an `hour` of one's own clock."""

    text: Said
    reply_to: PartyId | None = None
    when: Literal["hour", "tomorrow", "monday", "day"] = "day"
    day: Day | None = None
    hour: Annotated[int, Field(ge=0, le=23)] = 8

    @model_validator(mode="after")
    def _which_day(self) -> Self:
        if self.when == "day" and self.day is None:
            raise Invalid(fields={"day": [_(MISSING)]})
        return self


class InPlace(Form):
    """How a message stands on the page that asks for it: `more` continues what its author said before; `thread`: among
    the answers of a thread."""

    more: Flag = False
    thread: Flag = False


class TalkHearing(Form):
    """What somebody hears of a conversation: every message, what concerns them (what calls them, and answers in
    threads they take part in or follow), or only what calls them."""

    level: Literal["all", "usual", "muted"]


class ReadUpTo(Form):
    """The number of the newest message that was seen."""

    seq: Seq


class Stretch(Form):
    """A stretch of a talk: what follows `after`, or what precedes `before`, or the newest."""

    after: Seq | None = None
    before: Seq | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class NewConversation(Form):
    """A group, a direct talk with a few people, or a place for announcements to a unit and all below it.

    `members` are people, units and posts; in a direct talk only people. `open`: anybody on the staff may join the
    group. `audience`: the unit that reads the announcements; none for the whole organisation.
    """

    kind: Literal["group", "direct", "announcement"] = "group"
    title: Line | None = None
    topic: LongLine | None = None
    members: Annotated[list[PartyId], Field(max_length=100)] = []
    open: Flag = False
    audience: PartyId | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind != "direct" and not self.title:
            raise Invalid(fields={"title": [_(MISSING)]})
        if self.kind == "direct" and not self.members:
            raise Invalid(fields={"members": [_(MISSING)]})
        return self


class ConversationForm(Form):
    """What a conversation is called and what it is about. A unit's is called after its unit."""

    title: Line | None = None
    topic: LongLine | None = None


class Hiding(Form):
    """Why a message is hidden; everybody who reads the conversation reads it in the message's place."""

    reason: LongLine


class RetentionForm(Form):
    """For how many months messages are kept; without a number for ever."""

    months: Annotated[int, Field(ge=1, le=600)] | None = None


def _talk_number(value: object) -> object:
    """A conversation by its number or by the address of its page."""
    found = _TALK.search(value.strip()) if isinstance(value, str) and len(value) <= 500 else None
    return found[1] if found else value


_TALK = re.compile(r"(?:^|/conversations/)([1-9][0-9]{0,15})(?:[?#].*)?$")
TalkNumber = Annotated[PartyId, BeforeValidator(_talk_number)]


class NewHold(Form):
    """What is held, a conversation or a unit with all below it, and why."""

    conversation: TalkNumber | None = None
    unit: PartyId | None = None
    reason: LongLine


class Lifting(Form):
    """Why a legal hold is lifted."""

    reason: LongLine


class NewWebhook(Form):
    """The name under which another system speaks."""

    name: Short


class HookBody(Form):
    """What another system says. Beside `text` everything that Slack's webhooks take is allowed; names and pictures of
    the sender are left aside, since the address has a name of its own."""

    model_config = ConfigDict(extra="ignore")

    text: Annotated[str, Field(max_length=200_000)] | None = None
    nonce: Nonce | None = None
    attachments: Annotated[list[dict[str, Any]], Field(max_length=20)] | None = None


class NewMember(Form):
    """Who is let in: a person, a unit with all who belong to it, or whoever holds a post."""

    party: PartyId
