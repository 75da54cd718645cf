"""A message as it is quoted in an answer to it."""

from dataclasses import dataclass

from collab.core.i18n import N_, _, in_language

from .mentions import in_short
from .queries import Said

GONE = N_("This message is gone.")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a message answers: who said it and how it begins."""

    id: int
    name: str
    text: str


def quoted(said: Said) -> Quote:
    """A message as it is quoted in an answer to it."""
    text = _(GONE) if said.gone else in_short(said.text, said.called_names, files=said.file_names)
    return Quote(said.id, in_language(said.names, said.label), text)


def quoted_of(said: Said) -> Quote | None:
    """What a message answers, if it does."""
    if said.reply_to_id is None or said.answered_label is None:
        return None
    words, files = said.answered_text or "", said.answered_file_names
    text = _(GONE) if said.answered_gone else in_short(words, said.called_names, files=files)
    return Quote(said.reply_to_id, in_language(said.answered_names or {}, said.answered_label), text)
