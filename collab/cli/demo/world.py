"""What people of the sample do, each through the command that the pages use, at the time at which they do it."""

import random
import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from collab.core import clock
from collab.core.actor import Actor
from collab.messaging.commands import say
from collab.messaging.forms import Say
from collab.messaging.mentions import written
from collab.messaging.owners import Owner
from collab.people.calendar.days import days
from collab.people.calendar.ordinals import WorkingDays
from collab.people.calendar.rules import CalendarRule
from collab.people.commands.absences import record_absence
from collab.people.forms.people import AbsenceForm
from collab.people.recognise import person_as_actor
from collab.tasks.commands import add_lines, create_pending_item, create_task
from collab.tasks.forms import NewLines, NewPendingItem, NewTask
from collab.work import commands as work
from collab.work.forms import Accept, Ask, Assign, Cancel, Complete, Offer, Return

from . import house
from .matters import Matter
from .rules import rules_by_basis
from .town import Town

ZONE = ZoneInfo(house.TIME_ZONE)
CALLED = re.compile(r"@([a-z0-9]+)")


class World:
    """The people of the town at work. Everything random comes from one seeded source, so each run tells the same."""

    def __init__(self, town: Town, now: datetime) -> None:
        self.town, self.now = town, now
        self.random = random.Random(20_26)  # noqa: S311
        self.today = now.astimezone(ZONE).date()
        years = range(self.today.year - 1, self.today.year + 2)
        self.days = WorkingDays(days(CalendarRule(country=house.COUNTRY), years))
        self.said = self.protocol = 0
        self.turns: dict[str, int] = {}
        self.rules = rules_by_basis()

    # time

    def morning(self, working_days_ago: int) -> datetime:
        """An early hour of a working day that many working days ago."""
        day = (
            self.days.add(self.days.last_working_day(self.today), -working_days_ago) if working_days_ago else self.today
        )
        return self._at(day, time(7, 20), 140)

    def at(self, working_days_ago: int, hour: int, minute: int = 0) -> datetime:
        """That time of a working day that many working days ago."""
        day = self.days.add(self.days.last_working_day(self.today), -working_days_ago)
        return datetime.combine(day, time(hour, minute), ZONE)

    def later(self, since: datetime, working_days: float) -> datetime:
        """Some office hour that many working days later; less than one means the same day."""
        day = since.astimezone(ZONE).date()
        if working_days < 1:
            return since + timedelta(minutes=self.random.randint(8, 95))
        return self._at(self.days.add(day, int(working_days)), time(7, 40), 400)

    def due(self, working_days: int) -> date:
        return self.days.add(clock.now().astimezone(ZONE).date(), working_days)

    def until(self, day: date, hour: int, minute: int) -> timedelta:
        """How long from where the clock stands to that time of that day."""
        return datetime.combine(day, time(hour, minute), ZONE) - clock.now()

    def days_until_today(self) -> int:
        """Working days from where the clock stands to the present."""
        return self.days.between(clock.now().astimezone(ZONE).date(), self.today)

    def _at(self, day: date, begins: time, minutes: int) -> datetime:
        return datetime.combine(day, begins, ZONE) + timedelta(seconds=self.random.randint(0, minutes * 60))

    # people

    def actor(self, key: str) -> Actor:
        found = person_as_actor(self.town.people[key])
        assert found is not None, key
        return found

    def clerk(self, unit: str, locale: str = "") -> str:
        """Somebody of the unit, in turn, by preference one who speaks the language; its head where nobody else is."""
        here = [one for one in house.PEOPLE if one.unit == unit]
        plain = [one for one in here if one.kind == "member" and one.role != "auditor"] or here
        speaking = [one for one in plain if one.locale == locale] or plain
        turn = self.turns[unit + locale] = self.turns.get(unit + locale, -1) + 1
        return speaking[turn % len(speaking)].key

    def head(self, unit: str) -> str:
        """Whoever heads the unit, or the first one above who does."""
        for one in house.PEOPLE:
            if one.unit == unit and one.kind in ("head", "acting"):
                return one.key
        above = next(each.parent for each in house.UNITS if each.code == unit)
        assert above is not None
        return self.head(above)

    def party(self, key: str) -> int:
        return self.town.outsiders.get(key) or self.town.units[key]

    # verbs

    def create(self, matter: Matter, by: str, title: str, due: int | None, holder: str | None) -> int:
        """A new task or pending item of the matter's unit; without a holder it lies in the tray."""
        common: dict[str, Any] = {
            "title": title,
            "body": matter.body,
            "unit": self.town.units[matter.unit],
            "holder": self.town.people[holder] if holder else None,
            "priority": self.random.choice((0, 0, 0, 1, 2, 2, 3)),
            "labels": list(matter.labels),
            "due_on": self.due(due) if due is not None else None,
            "effort_minutes": 30 * (1 + len(title) % 16) if self.random.random() < 0.6 else None,
        }
        if matter.kind == "task":
            return int(create_task(self.actor(by), NewTask(**common))["id"])
        self.protocol += 1
        today = clock.now().astimezone(ZONE).date()
        if matter.days:
            common["due_on"] = None
        counterparts = ["citizen1", "citizen2", "citizen3", "school"]
        outside = matter.source in ("citizen", "electronic")
        form = NewPendingItem(
            **common,
            source=matter.source,
            protocol_number=f"{today.year}/{11_000 + self.protocol * 7}",
            protocol_on=today,
            counterpart=self.town.outsiders[counterparts[self.protocol % 4]] if outside else None,
            rule=self.rules.get(matter.basis),
            allowed=matter.days or None,
        )
        return int(create_pending_item(self.actor(by), form)["id"])

    def say(self, item: int, by: str, text: str, kind: str = "post", wait: int | None = None) -> None:
        self.said += 1
        said = Say(text=self.calling(text), nonce=f"sample-{self.said}")
        say(self.actor(by), Owner("work-item", item), said, kind, wait)

    def calling(self, text: str) -> str:
        """`text` with each @key of a person as a mention of them."""
        return CALLED.sub(lambda match: self._called(match[1], match[0]), text)

    def _called(self, key: str, as_it_was: str) -> str:
        id_ = self.town.people.get(key)
        return written(self.town.labels[id_], id_) if id_ else as_it_was

    def steps(self, item: int, by: str, text: str) -> None:
        add_lines(self.actor(by), item, NewLines(text=text))

    def ask(self, item: int, by: str, of: str, what: str, *, stops_clock: bool = False, until: int = 10) -> int:
        form = Ask(of=self.party(of), what=what, until=self.due(until), stops_clock=stops_clock)
        return work.ask(self.actor(by), item, form)

    def wait_for(self, item: int, by: str, other: int, what: str) -> int:
        return work.ask(self.actor(by), item, Ask(item=other, what=what))

    def answer(self, item: int, by: str, wait: int, text: str) -> None:
        self.say(item, by, text, "answer", wait)
        work.answer(self.actor(by), wait)

    def take_wait(self, by: str, wait: int) -> None:
        work.take_wait(self.actor(by), wait)

    def nudge(self, by: str, wait: int) -> None:
        work.nudge(self.actor(by), wait)

    def offer(self, item: int, by: str, to: str, note: str = "") -> int:
        return work.offer(self.actor(by), item, Offer(to=self.town.units[to], note=note))

    def accept(self, item: int, handover: int, by: str) -> None:
        """Where the sender heads the other unit too it went there at once, and is simply taken."""
        if handover == 0:
            self.take(item, by)
            return
        work.accept(self.actor(by), handover, Accept())

    def return_(self, handover: int, by: str, reason: str) -> None:
        if handover == 0:
            return
        work.return_(self.actor(by), handover, Return(reason=reason))

    def assign(self, item: int, by: str, holder: str) -> None:
        work.assign(self.actor(by), item, Assign(holder=self.town.people[holder]))

    def take(self, item: int, by: str) -> None:
        work.take(self.actor(by), item)

    def complete(self, item: int, by: str, outcome: str = "") -> None:
        work.complete(self.actor(by), item, Complete(outcome=outcome))

    def cancel(self, item: int, by: str, reason: str) -> None:
        work.cancel(self.actor(by), item, Cancel(reason=reason))

    def go_away(self, who: str, first_day: date, last_day: date, substitute: str, note: str) -> None:
        substitute_id = self.town.people[substitute]
        form = AbsenceForm(first_day=first_day, last_day=last_day, substitute_id=substitute_id, note=note)
        record_absence(self.actor(who), self.town.people[who], form)
