"""Lists: what the filter lets through, in order, page by page; both plans give the same."""

from datetime import date

import pytest

from collab.core.errors import Invalid
from collab.work.commands import cancel, complete, offer
from collab.work.filters import hits
from collab.work.filters.asking import speaker_of
from collab.work.filters.compile import compiled
from collab.work.filters.parse import parse
from collab.work.forms import Cancel, Complete, Filter, Offer
from collab.work.queries.arranged import Arrangement, counted_items
from collab.work.queries.bulk import matching
from collab.work.queries.lists import list_items, window_of
from tests.work.making import day, make


def titles(actor, **filter_):
    return [row.title for row in list_items(actor, Filter(**filter_)).items]


@pytest.fixture
def here(app, actor_of):
    with app.app_context():
        yield actor_of


def test_a_list_is_ordered_by_due_day_and_items_without_one_come_last(here, cast):
    eleni = here("Eleni")
    make(eleni, cast.PARKS, title="whenever")
    make(eleni, cast.PARKS, title="later", due_on=day(30))
    make(eleni, cast.PARKS, title="sooner", due_on=day(24))
    assert titles(eleni) == ["sooner", "later", "whenever"]
    assert titles(eleni, order="newest") == ["sooner", "later", "whenever"]
    assert titles(eleni, order="priority") == ["sooner", "later", "whenever"]


@pytest.mark.parametrize("order", ["due", "newest", "changed", "priority"])
def test_pages_show_every_item_once_in_either_direction(here, cast, order):
    nikos = here("Nikos")
    made = {make(nikos, cast.PARKS, due_on=day(23 + n % 3) if n % 4 else None, priority=n % 5) for n in range(23)}
    seen, after, first = [], None, None
    while True:
        filter_ = Filter(order=order, limit=5, after=after)
        page = list_items(nikos, filter_)
        first = first or [row.id for row in page.items]
        seen += [row.id for row in page.items]
        if page.next is None:
            break
        after = page.next
    assert len(seen) == len(made)
    assert set(seen) == made
    back = list_items(nikos, Filter(order=order, limit=5, after=page.previous))
    assert [row.id for row in back.items] == seen[-3 - 5 : -3]


def test_both_plans_give_the_same_rows(here, cast):
    eleni, maria = here("Eleni"), here("Maria")
    for n in range(12):
        make(eleni, cast.PARKS, reach=("unit", "all", "named")[n % 3], due_on=day(23 + n % 5))
    make(maria, cast.ROADS, cast.Maria, title="theirs")
    for name in ("Eleni", "Maria", "Nikos", "Yannis", "Leila", "Reza", "Anna"):
        actor = here(name)
        for state in ("open", "any"):
            walked = list_items(actor, Filter(state=state), walk=True).items
            gathered = list_items(actor, Filter(state=state), walk=False).items
            assert walked == gathered
    assert len(list_items(here("Leila"), Filter()).items) == 4  # only what the whole organisation may see


def test_words_that_few_have_and_words_that_many_have_are_found_alike(here, cast, monkeypatch):
    """By the index of words, row by row, and through the sieve; as text and in a query; and counted so."""
    eleni, maria = here("Eleni"), here("Maria")
    for n in range(12):
        make(eleni, cast.PARKS, title=f"Lamp {n}", reach=("unit", "all", "named")[n % 3])
        make(eleni, cast.PARKS, title=f"Bench {n}", reach=("unit", "all", "named")[n % 3])
    theirs = make(maria, cast.ROADS, cast.Maria, title="Lamp of theirs")
    offer(maria, theirs, Offer(to=cast.PARKS))
    found = {}
    for many in (False, True):
        monkeypatch.setattr(hits, "FEW", 1 if many else 2_000)
        hits.LATELY.forget()
        for name in ("Eleni", "Maria", "Nikos", "Yannis", "Leila", "Reza", "Anna"):
            actor = here(name)
            for walk in (True, False):
                plain = list_items(actor, Filter(text="lamp", state="any"), walk=walk).items
                asked = list_items(actor, Filter(query="text:lamp state:any"), walk=walk).items
                assert {row.id for row in plain} == {row.id for row in asked}
                assert found.setdefault(name, plain) == plain
            wanted = compiled(actor, parse("text:lamp state:any", speaker_of(actor)))
            assert bool(wanted.sieve) is many
            assert counted_items(actor, wanted, Arrangement()).found == len(found[name])
            assert len(matching(actor, wanted, 100)) == len(found[name])
    hits.LATELY.forget()
    assert len(found["Leila"]) == 4
    assert len(found["Nikos"]) == 9
    assert {row.id for row in found["Nikos"]} > {row.id for row in found["Leila"]}
    assert theirs in {row.id for row in found["Maria"]}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("δεντρα", True),
        ("ΔΈΝΤΡΑ πλατεια", True),
        ("δέντ", True),
        ("δρυς", False),
        ("parks-1", True),
        ("' | :* & !", False),
        ("(", False),
        ("2026/118", True),
    ],
)
def test_words_of_a_title_are_found_in_any_spelling(here, cast, typed, found):
    eleni = here("Eleni")
    make(eleni, cast.PARKS, title="Δέντρα στην πλατεία, αρ. 2026/11873")
    assert bool(titles(eleni, text=typed)) is found


def test_the_filter_narrows_by_place_holder_label_kind_and_state(here, cast):
    nikos = here("Nikos")
    mine = make(nikos, cast.PARKS, cast.Nikos, title="mine", labels=["Storm"])
    make(nikos, cast.PARKS, cast.Eleni, title="hers", kind="pending")
    make(nikos, cast.PARKS, title="nobody's")
    done = make(nikos, cast.PARKS, title="done")
    dropped = make(nikos, cast.PARKS, title="dropped")
    complete(nikos, done, Complete())
    cancel(nikos, dropped, Cancel(reason="twice"))
    assert titles(nikos, holder="me") == ["mine"]
    assert titles(nikos, holder="nobody") == ["nobody's"]
    assert titles(nikos, holder=str(cast.Eleni)) == ["hers"]
    assert titles(nikos, label="STORM") == ["mine"]
    assert titles(nikos, kind="pending") == ["hers"]
    assert titles(nikos, state="closed") == ["dropped", "done"]
    assert titles(nikos, state="cancelled") == ["dropped"]
    assert len(titles(nikos, state="any")) == 5
    assert titles(nikos, unit="ROADS") == []
    assert titles(nikos, unit="NO-SUCH") == []
    assert len(titles(here("Yannis"), unit="TECH", below=True)) == 3
    assert titles(here("Yannis"), unit="TECH") == []
    offer(here("Yannis"), mine, Offer(to=cast.ROADS))
    assert titles(here("Yannis"), desk="ROADS") == ["mine"]


def test_a_wrong_holder_or_cursor_is_refused_with_a_reason(here, cast):
    eleni = here("Eleni")
    with pytest.raises(Invalid) as refusal:
        list_items(eleni, Filter(holder="somebody"))
    assert "holder" in refusal.value.fields
    with pytest.raises(Invalid):
        window_of(Filter(after="nonsense"))


def test_a_list_costs_one_question_once_it_is_known_how_much_somebody_sees(here, cast, queries):
    eleni = here("Eleni")
    make(eleni, cast.PARKS, due_on=date(2026, 12, 1), labels=["a", "b"])
    list_items(eleni, Filter())
    with queries() as sent:
        list_items(eleni, Filter())
    assert len(sent) == 1
