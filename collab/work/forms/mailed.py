"""An answer by e-mail, taken apart already."""

from typing import Annotated

from pydantic import Field

from collab.core.forms import Form, LongLine

Part = Annotated[str, Field(max_length=1_000)]


class MailedAnswer(Form):
    """Who it is from, its subject and its text; `message_id`: under which it is known when it is sent twice."""

    sender: LongLine = Field(alias="from")
    subject: Part = ""
    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    message_id: Part = ""
