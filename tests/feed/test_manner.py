"""When letters may come: the laws of quiet hours, working days and the hour of the digest."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from collab.feed.manner import Manner, digest_from, free_from, next_digest
from collab.feed.snoozing import moments
from collab.feed.topics import DEFAULTS, KEPT, NEVER_LOST, TOPIC_OF
from collab.feed.wishes import Wish, plan

hours = st.integers(0, 23)
manners = st.builds(Manner, digest_hour=hours, quiet_from=hours, quiet_until=hours, working_days=st.booleans())
instants = st.integers(0, 1_500_000).map(lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
zones = st.sampled_from(["Europe/Athens", "Asia/Tehran", "UTC", "America/St_Johns"])


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


@given(manners, instants, zones)
def test_a_letter_comes_on_a_working_day_outside_quiet_hours_and_never_too_early(manner, moment, zone):
    at = free_from(manner, moment, zone, on_weekdays)
    here = at.astimezone(ZoneInfo(zone))
    assert at >= moment
    assert not manner.is_quiet(here.hour)
    assert on_weekdays(here.date()) or not manner.working_days
    assert at - moment < timedelta(days=4)
    assert free_from(manner, at, zone, on_weekdays) == at


@given(manners, instants, zones)
def test_a_digest_comes_at_its_hour_unless_that_is_quiet(manner, moment, zone):
    at = digest_from(manner, moment, zone, on_weekdays)
    here = at.astimezone(ZoneInfo(zone))
    assert at >= moment
    assert not manner.is_quiet(here.hour)
    if not manner.is_quiet(manner.digest_hour):
        assert here.hour in (manner.digest_hour, manner.digest_hour + 1)  # an hour that the clocks skip comes later


@given(manners, instants, zones)
def test_the_next_digest_lies_within_a_day(manner, moment, zone):
    at = next_digest(manner, moment, zone)
    assert timedelta(0) < at - moment <= timedelta(hours=25)


@given(instants, zones, st.sampled_from([0, 5]))
def test_what_is_put_off_comes_back_later(moment, zone, begins):
    found = moments(moment, zone, week_begins=begins)
    assert all(at > moment for at in found.values())
    week = found["week"].astimezone(ZoneInfo(zone))
    assert week.weekday() == begins
    assert found["tomorrow"] <= found["week"] < found["month"]


@given(
    st.sets(st.sampled_from(sorted(TOPIC_OF)), min_size=1),
    st.dictionaries(st.sampled_from(sorted(DEFAULTS)), st.sampled_from(["never", "inbox", "digest", "push", "mail"])),
    st.booleans(), st.booleans(), instants,
)  # fmt: skip
def test_what_must_not_be_lost_reaches_the_inbox_whatever_was_chosen(reasons, choices, muted, pops, now):
    choices = {topic: way for topic, way in choices.items() if not (way == "never" and topic in KEPT)}
    found = plan(Wish("Europe/Athens", Manner(), muted, pops, choices), reasons, now)
    lost = {reason for reason in reasons if TOPIC_OF[reason] in KEPT} - found.reasons
    assert not lost
    assert found.untold <= found.reasons <= reasons
    assert (found.mail_at is None) == (not found.untold)
    if muted:
        assert found.reasons <= NEVER_LOST
