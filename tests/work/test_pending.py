"""The pending page of a unit in figures, and what it lists."""

from datetime import UTC, datetime

import pytest

from collab.core.errors import NotFound
from collab.work.commands import ask, offer, take_wait
from collab.work.forms import Ask, Offer
from collab.work.queries.handovers import find_handover, handovers_of, offered_to
from collab.work.queries.handovers import window_of as offers_window
from collab.work.queries.pending import asked_of, unit_figures, we_wait_for
from collab.work.queries.waits import expected_by, expected_of, find_wait, window_of
from tests.work.making import day, make


def test_ages_are_counted_in_working_days_by_bucket(app, cast, actor_of, at):
    with app.app_context():
        for created in ((2026, 9, 1), (2026, 10, 20), (2026, 11, 9), (2026, 11, 16), (2026, 11, 23)):
            at(datetime(*created, 9, tzinfo=UTC))
            make(actor_of("Eleni"), cast.PARKS, cast.Eleni, due_on=day(27))
        at(datetime(2026, 11, 23, 12, tzinfo=UTC))
        make(actor_of("Eleni"), cast.PARKS)
        figures = unit_figures(actor_of("Nikos"), cast.PARKS)
        assert figures.ages == (3, 1, 1, 1)
        assert figures.here == figures.waiting_for_us == 6
        assert figures.oldest == 58  # 1 September to 23 November, less weekends and 28 October
        assert figures.overdue == 0
        assert figures.nobodys == 1
        assert not figures.capped
        at(datetime(2026, 11, 28, 12, tzinfo=UTC))
        assert unit_figures(actor_of("Nikos"), cast.PARKS).overdue == 5


def test_load_by_person_is_for_heads_and_for_oneself(app, cast, actor_of):
    with app.app_context():
        for holder in (cast.Eleni, cast.Eleni, cast.Nikos, None):
            make(actor_of("Nikos"), cast.PARKS, holder)
        loads = {
            name: [(load.party.id if load.party else None, load.items) for load in figures.loads]
            for name in ("Nikos", "Yannis", "Eleni", "Leila")
            for figures in [unit_figures(actor_of(name), cast.PARKS)]
        }
    everybody = [(cast.Eleni, 2), (cast.Nikos, 1), (None, 1)]
    assert loads == {"Nikos": everybody, "Yannis": everybody, "Eleni": [(cast.Eleni, 2), (None, 1)], "Leila": []}


def test_what_we_wait_for_what_is_asked_and_what_is_offered(app, cast, actor_of, queries):
    with app.app_context():
        eleni, sofia, leila = actor_of("Eleni"), actor_of("Sofia"), actor_of("Leila")
        item = make(eleni, cast.PARKS, cast.Eleni)
        outside = ask(eleni, item, Ask(of=cast.forestry, what="photos", stops_clock=True))
        inside = ask(eleni, item, Ask(of=cast.LEGAL, what="may we?", until=day(30)))
        handover = offer(eleni, item, Offer(to=cast.LEGAL))
        with queries() as sent:
            figures = unit_figures(eleni, cast.PARKS)
        assert len(sent) <= 3
        assert (figures.we_wait, figures.clock_stopped, figures.waiting_for_us) == (3, 1, 0)
        assert we_wait_for(eleni, cast.PARKS, window_of()).items[0].wait.id == inside
        legal = unit_figures(sofia, cast.LEGAL)
        assert (legal.asked_of_us, legal.offered, legal.here) == (1, 1, 0)
        assert [each.wait.id for each in asked_of(sofia, cast.LEGAL, window_of()).items] == [inside]
        assert [each.handover.id for each in offered_to(sofia, cast.LEGAL, offers_window()).items] == [handover]
        assert find_handover(sofia, handover).reference == "PARKS-1"
        with pytest.raises(NotFound):
            find_handover(leila, handover)
        assert handovers_of(leila, item, offers_window()).items == []
        with pytest.raises(NotFound):
            find_wait(leila, outside)
        # A question in the tray stands on the head's list until somebody takes it.
        dimitra = actor_of("Dimitra")
        assert inside in [each.wait.id for each in expected_of(sofia, window_of()).items]
        assert inside not in [each.wait.id for each in expected_of(dimitra, window_of()).items]
        take_wait(dimitra, inside)
        assert inside not in [each.wait.id for each in expected_of(sofia, window_of(), sense="answer").items]
        assert [each.wait.id for each in expected_of(dimitra, window_of()).items] == [inside]
        assert {each.wait.id for each in expected_by(eleni, window_of()).items} >= {outside, inside}
