"""Day by day: reminders and steps up fall on working days, are no more than the rule allows, and come to an end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collab.people.calendar.days import CalendarDay
from collab.people.calendar.ordinals import WorkingDays
from collab.work.escalating.rules import QUIET, Rule, rule_for
from collab.work.escalating.turn import Standing, turn

FIRST = date(2026, 11, 2)
YEAR = [FIRST + timedelta(days=number) for number in range(300)]
FEASTS = st.frozensets(st.sampled_from(YEAR), max_size=40)
RULES = st.builds(
    Rule, st.none(), st.none(), st.just(1), st.just(0), st.integers(1, 9), st.integers(1, 9), st.integers(0, 4)
)


def lived(standing, rule, days):
    """What is done on which day when somebody looks only on the days that were named."""
    done, look = [], FIRST
    for today in YEAR[:200]:
        if look is None or today < look:
            continue
        for _again in range(20):
            now = turn(standing, rule, today, days)
            if not now.act:
                break
            done.append((today, now.act))
            if now.act == "nudge":
                standing = standing._replace(nudges=standing.nudges + 1, nudged=today)
            else:
                standing = standing._replace(level=standing.level + 1, lapsed=today)
        assert not now.act, "it never ends on one day"
        assert now.look is None or now.look > today
        look = now.look
    return done


@given(FEASTS, RULES, st.integers(0, 60), st.integers(1, 9), st.integers(0, 5))
def test_everything_falls_on_working_days_and_ends(feasts, rule, until, every, most):
    days = WorkingDays(CalendarDay(day, day.weekday() < 5 and day not in feasts, {}) for day in YEAR)
    standing = Standing(FIRST, FIRST + timedelta(days=until), every, most)
    done = lived(standing, rule, days)
    nudged, lapsed = ([day for day, act in done if act == which] for which in ("nudge", "lapse"))
    assert all(days.is_working(day) for day, _act in done)
    assert len(nudged) == most
    assert len(lapsed) == rule.levels
    assert len(set(nudged)) == len(nudged), "once a day at most"
    assert all(days.between(standing.until, day) >= rule.first_after for day in lapsed)


def test_the_nearest_unit_speaks_first_and_there_the_rule_for_the_kind():
    everywhere = QUIET._replace(levels=1)
    city, parks = everywhere._replace(unit=1, kind="task"), everywhere._replace(unit=3)
    for_tasks = parks._replace(kind="task", levels=3)
    rules = [everywhere, city, parks, for_tasks]
    assert rule_for(rules, [3, 2, 1], "task") == for_tasks
    assert rule_for(rules, [3, 2, 1], "pending") == parks
    assert rule_for(rules, [2, 1], "task") == city
    assert rule_for(rules, [2, 1], "pending") == everywhere
    assert rule_for([], [2, 1], "task") == QUIET
