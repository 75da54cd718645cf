"""A conversation that holds everything a message can hold, for pages that are looked at in every language."""

from io import BytesIO
from typing import Any

from collab.core.actor import Actor
from collab.core.files.store import pieces_of
from collab.core.files.taking import take
from collab.files.commands import lay_by
from collab.files.receiving import store
from collab.messaging.commands import confirm, edit, hide, open_conversation, pin, post, put_sign, remove
from collab.messaging.forms import Edit, Hiding, NewConversation, Say
from tests.cast import Cast


def talk_of_everything(eleni: Actor, nikos: Actor, babis: Actor, cast: Cast, reference: str) -> dict[str, Any]:
    """Quotes, cards, files, signs, pins, calls, what was changed, deleted, hidden and asks to be confirmed, the end of
    it unread by Eleni. `by`: the message for which each page of one message is opened."""
    numbers = iter(range(1_000))

    def say(who: Actor, talk: int, text: str, **more: Any) -> int:
        return int(post(who, talk, Say(text=text, nonce=f"scene-{next(numbers)}", **more))["id"])

    storm = open_conversation(
        eleni, NewConversation(title="Πλημμύρα", topic="Αντλίες", members=[cast.ROADS, cast.PARKS])
    )
    file = lay_by(eleni, store(), take(store(), "χάρτης.txt", pieces_of(BytesIO("Έξι σάκοι".encode())), 10_000), None)
    root = say(eleni, storm, f"Πέφτουν δέντρα, δείτε {reference}\n\n- αντλίες\n- σάκοι", files=[file["id"]])
    answer = say(nikos, storm, f"@[Ελένη](party:{cast.Eleni}) έρχομαι", reply_to=root, urgent=True)
    put_sign(nikos, root, "seen")
    put_sign(eleni, answer, "thanks")
    pin(nikos, root)
    edit(eleni, root, Edit(text=f"Πέφτουν τρία δέντρα, δείτε {reference}"))
    remove(babis, say(babis, storm, "Λάθος"))
    told = open_conversation(
        nikos, NewConversation(kind="announcement", title="Ανακοινώσεις", audience=cast.PARKS, members=[cast.Eleni])
    )
    asks = say(eleni, told, "Κλείνει η γέφυρα", asks_receipt=True)
    confirm(babis, asks)
    hidden = say(eleni, told, "Το είπε ο κύριος")
    hide(nikos, hidden, Hiding(reason="Όνομα πολίτη"))
    theirs = say(nikos, storm, "Στις έξι\n\n" + "Μακρύ μήνυμα. " * 300)
    say(babis, storm, "Ναι")
    return {
        "talk": storm, "root": root,
        "by": {"receipts": asks, "hidden-text": hidden, "hiding": theirs, "forwarding": theirs},
    }  # fmt: skip
