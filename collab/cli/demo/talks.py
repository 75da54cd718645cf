"""What people of the sample say to each other outside their work items: two departments settle a matter, in three
languages, and their units talk."""

# One message a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from collab.core.db import db
from collab.messaging.commands import open_conversation, pin, post, put_sign, read, say
from collab.messaging.forms import NewConversation, ReadUpTo, Say
from collab.messaging.owners import Owner
from collab.work.models import WorkItem

from .plots import Story
from .scenes import BRANCHES, PINE
from .world import World


class Line(NamedTuple):
    """Somebody says something so many minutes after the one before; `answers` another line by its name."""

    by: str
    after: int
    text: str
    name: str = ""
    answers: str = ""
    signs: tuple[str, ...] = ()
    pinned: bool = False


STORM = (
    Line("markou", 0, "Two big branches are over the wall of the school at 12 Kountouri St. The case is {branches}. @vlachos can your crew close the pavement before the pupils come out?", "ask", signs=("vlachos:seen",)),
    Line("vlachos", 6, "Στέλνω συνεργείο με κώνους στις 12:30. Ως τότε ας μείνει ο φύλακας έξω.", answers="ask", signs=("markou:thanks", "pappas:agree")),
    Line("amini", 11, "من عکس‌ها را گرفتم؛ تنه‌ی کاج دوم هم ترک دارد. فکر می‌کنم فردا باید بریده شود.", "photos"),
    Line("pappas", 4, "Then we need a permit for the second one: **{pine}** has the same owner. @rigas is the emergency clause enough?", "law", answers="photos"),
    Line("rigas", 38, "Ναι: άρθρο 40, άμεσος κίνδυνος. Γράψτε σε μία σελίδα τι είδατε και ποιος το είδε, και κόβετε.", answers="law", signs=("pappas:agree", "markou:agree", "amini:thanks"), pinned=True),
    Line("sadri", 15, "نقشه‌ی پیاده‌رو را برای گزارش می‌فرستم. لوله‌ی آب از زیر همان درخت می‌گذرد.", answers="law"),
    Line("markou", 9, "Then not with the big digger. I will write the page today:\n\n- what we saw, with Parisa's photos\n- the water pipe\n- who closes the pavement, and until when", signs=("pappas:agree",)),
    Line("vlachos", 22, "Έγινε. Το πεζοδρόμιο είναι κλειστό ως αύριο στις 15:00.", signs=("markou:done", "rigas:seen")),
)  # fmt: skip
PARKS = (
    Line("pappas", 0, "Good morning. The nursery has 400 young plane trees; who still needs some for the spring list?"),
    Line("kalfa", 14, "Χρειαζόμαστε 30 για την πλατεία και 12 για το σχολείο της Λιμανίου.", signs=("pappas:agree",)),
    Line("amini", 20, "برای پارک کودک هم ۱۵ اصله لازم است، سایه ندارد."),
    Line("markou", 7, "Noted all three. The list closes on Friday.", signs=("kalfa:thanks", "amini:thanks")),
)  # fmt: skip
HOURS = (
    Line("stathi", 0, "Από Δευτέρα ισχύει το χειμερινό ωράριο: 7:00 με 15:00. Καλή εβδομάδα σε όλους.\n\nWinter hours from Monday: 7:00 to 15:00.\n\nاز دوشنبه ساعت کار زمستانی: ۷ تا ۱۵."),
)  # fmt: skip
DIRECT = (
    Line("rigas", 0, "Νίκο, έχεις πέντε λεπτά για τη σύμβαση του κυλικείου;"),
    Line("pappas", 12, "After eleven, gladly. Shall I bring the old one?"),
    Line("rigas", 3, "Ναι, και τα τιμολόγια του νερού."),
)  # fmt: skip
FLYERS = (
    Line("moradi", 0, "سلام الِنی، متن بروشور درختان آماده است؟"),
    Line("markou", 9, "Nearly: the Greek page by noon, the Persian one when you have looked at it."),
)  # fmt: skip
CONES = (
    Line("markou", 0, "Petros, can we keep your cones at the school until Monday?"),
)  # fmt: skip
BEDS = (
    Line("markou", 0, "Nikos, the beds at the harbour: roses again, or something that needs less water?"),
    Line("pappas", 21, "Less water. Ask Parisa for the list she made in spring."),
)  # fmt: skip


def stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """The conversations of the sample, each with the hour at which it begins."""
    yield world.at(3, 8), _announced(world)
    yield world.at(2, 9), _storm(world)
    yield world.at(1, 8, 30), _parks(world)
    yield world.at(1, 10), _direct(world, "rigas", "pappas", DIRECT)
    yield world.at(2, 11), _direct(world, "markou", "vlachos", CONES)
    yield world.at(2, 12), _direct(world, "moradi", "markou", FLYERS)
    yield world.at(1, 12), _direct(world, "markou", "pappas", BEDS)


def _storm(world: World) -> Story:
    form = NewConversation(
        title="Storm damage: who does what",
        topic="Parks, Roads and Legal: what must be cut, closed and written down",
        members=[world.town.people[key] for key in ("pappas", "vlachos", "rigas", "amini", "sadri")]
        + [world.town.units["PARKS"]],
    )
    talk = open_conversation(world.actor("markou"), form)
    yield timedelta(minutes=20)
    yield from _told(world, talk, STORM)


def _direct(world: World, by: str, to: str, lines: tuple[Line, ...]) -> Story:
    form = NewConversation(kind="direct", members=[world.town.people[to]])
    yield from _told(world, open_conversation(world.actor(by), form), lines, reader=to)


def _announced(world: World) -> Story:
    form = NewConversation(kind="announcement", title="Ανακοινώσεις του Δήμου", audience=world.town.units["CITY"])
    yield from _told(world, open_conversation(world.actor("stathi"), form), HOURS)


def _parks(world: World) -> Story:
    first, parks = PARKS[0], Owner("unit", world.town.units["PARKS"])
    said = say(world.actor(first.by), parks, Say(text=first.text, nonce="talk-parks"))
    yield timedelta(minutes=30)
    yield from _told(world, said["conversation"], PARKS[1:])


def _told(world: World, talk: int, lines: tuple[Line, ...], reader: str = "pappas") -> Story:
    known: dict[str, int] = {}
    references = _references()
    for number, line in enumerate(lines):
        yield timedelta(minutes=line.after)
        text = world.calling(line.text.format(**references))
        form = Say(text=text, nonce=f"talk-{talk}-{number}", reply_to=known[line.answers] if line.answers else None)
        sent = post(world.actor(line.by), talk, form)
        known[line.name] = sent["id"]
        for sign in line.signs:
            by, which = sign.split(":")
            put_sign(world.actor(by), sent["id"], which)
        if line.pinned:
            pin(world.actor("pappas"), sent["id"])
    # The rest is unread for the others.
    read(world.actor(reader), talk, ReadUpTo(seq=max(1, len(lines) - 3)))


def _references() -> dict[str, str]:
    """The references of the items that are spoken of: those that lie on a desk this week, not some of years ago."""
    titles = {"branches": BRANCHES.title, "pine": PINE.title}
    query = select(WorkItem.reference).order_by(WorkItem.id.desc()).limit(1)
    return {
        name: db.session.scalar(query.where(WorkItem.title == title)) or "PARKS-1" for name, title in titles.items()
    }
