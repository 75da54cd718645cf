"""The bench is shaped like a real organisation, keeps the laws of the records, and is the same each time."""

import psycopg
import pytest

from collab.cli.bench.database import plain
from collab.cli.bench.marking import NotOurs
from collab.cli.bench.people import askers
from collab.cli.bench.seeding import seed
from collab.cli.bench.voters import large_vote
from tests.databases import Servers

from .conftest import SMALL, Bench, made

OPEN = "state_kind in ('new', 'active', 'waiting')"


def test_it_has_the_size_asked_for(bench: Bench) -> None:
    assert bench.one("select count(*) from work_item where kind <> 'decision'") == SMALL.items
    assert bench.one("select count(*) from decision") == SMALL.decisions
    assert bench.one("select count(*) from person") == SMALL.people
    assert bench.one("select count(*) from unit") == SMALL.units
    assert abs(bench.one("select count(*) from message") - SMALL.messages) <= SMALL.messages * 0.1
    assert bench.one("select count(*) from working_day") > 3_000


def test_four_in_a_hundred_are_open_and_a_few_units_are_busy(bench: Bench) -> None:
    assert 0.03 < bench.one(f"select avg(({OPEN})::int) from work_item where kind <> 'decision'") < 0.05
    shares = [row[0] for row in bench.ask("select count(*) from work_item group by unit_id order by 1 desc")]
    assert sum(shares[: len(shares) // 5]) > 0.4 * SMALL.items
    assert bench.one("select max(n) from (select count(*) n from membership group by person_id) x") == 2
    assert bench.one("select max(depth) from unit_closure") == 3


def test_it_keeps_the_laws_of_the_records(bench: Bench) -> None:
    """What the commands keep true is true here too, so that pages are measured on records that can be."""
    laws = {
        "one open interval for each open item": f"""
            select count(*) from work_item i where {OPEN}
              and (select count(*) from interval v where v.item_id = i.id and v.to_at is null) <> 1""",
        "none for a closed one": """
            select count(*) from work_item i join interval v on v.item_id = i.id and v.to_at is null
            where i.closed_at is not null""",
        "one open task wait for each open item": f"""
            select count(*) from work_item i where {OPEN} and (select count(*) from wait w
              where w.item_id = i.id and w.sense = 'task' and w.ended_at is null) <> 1""",
        "none for a closed one, of any sense": """
            select count(*) from work_item i join wait w on w.item_id = i.id and w.ended_at is null
            where i.closed_at is not null""",
        "the wait is on the holder": """
            select count(*) from wait w join work_item i on i.id = w.item_id
            where w.sense = 'task' and w.ended_at is null and w.of_id <> coalesce(i.holder_id, i.desk_unit_id)""",
        "a holder sits at the desk": f"""
            select count(*) from work_item i where {OPEN} and holder_id is not null and not exists (
              select from membership m where m.person_id = i.holder_id and m.unit_id = i.desk_unit_id)""",
        "intervals follow each other": """
            select count(*) from (select to_at, lead(from_at) over (partition by item_id order by from_at) as next
              from interval) x where next is not null and next <> to_at""",
        "waiting is what stops the clock": """
            select count(*) from work_item i where (state_kind = 'waiting') <> exists (
              select from wait w where w.item_id = i.id and w.stops_clock and w.ended_at is null)""",
        "whoever is asked takes part": """
            select count(*) from wait w join unit u on u.id = w.of_id where sense in ('answer', 'handover')
              and not exists (select from participant p where p.item_id = w.item_id and p.party_id = w.of_id)""",
        "talks count their messages": """
            select count(*) from conversation c where last_seq <> (
              select count(*) from message m where m.conversation_id = c.id)""",
        "numbers go on where the last one was": """
            select count(*) from series s where last_number <> coalesce(
              (select max(number) from work_item i where i.series_id = s.id), 0)""",
        "nothing lies ahead": "select count(*) from work_item where created_at > now() or closed_at > now()",
        "every item has its history": """
            select count(*) from work_item i where not exists (
              select from facts f where f.subject_kind = 'work-item' and f.subject_id = i.id)""",
        "a vote is awaited of whoever is entitled and has not voted, and of nobody else": """
            select count(*) from decision_roll r join decision d using (item_id)
            where (r.cast_at is null and d.stage = 'open') <> exists (
              select from wait w where w.item_id = r.item_id and w.of_id = r.person_id and w.sense = 'vote'
                and w.ended_at is null)""",
        "who is entitled reads it": """
            select count(*) from decision_roll r where not exists (
              select from participant p
              where p.item_id = r.item_id and p.party_id = r.person_id and p.until is null)""",
        "a result says what was voted": """
            select count(*) from decision d where result is not null and (
              (result ->> 'entitled')::int <> (select count(*) from decision_roll r where r.item_id = d.item_id)
              or (result ->> 'cast')::int <> (
                select count(cast_at) from decision_roll r where r.item_id = d.item_id))""",
        "what stands fast has its words": """
            select count(*) from decision
            where (opened_at is not null) <> coalesce(rule_hash = sha256(convert_to(opened_words, 'UTF8')), false)""",
        "who voted chose among the options": """
            select count(*) from decision_roll r where choice ? 'option' and not exists (
              select from decision_option o where o.item_id = r.item_id and o.id = (choice ->> 'option')::bigint)""",
    }
    assert {law: bench.one(query) for law, query in laws.items() if bench.one(query)} == {}


def test_one_vote_is_open_to_clerk_director_and_mayor_with_all_that_may_stand_beside_it(bench: Bench) -> None:
    with psycopg.connect(plain(bench.url)) as connection:
        vote = large_vote(connection)
    assert vote is not None
    people = askers(bench.url)
    assert {one.vote for one in people} == {vote.reference}
    assert bench.one("select count(*) from decision_roll where item_id = %s and cast_at is not null", vote.id) == 0
    on_it = "select count(*) from decision_roll where item_id = %s and person_id = any(%s)"
    assert bench.one(on_it, vote.id, [one.person for one in people]) == 3
    assert len(vote.options) == 4
    assert bench.one("select count(*) from decision_argument where item_id = %s", vote.id) == 12
    beside = "select count(*) from attachment where owner_kind = 'decision-option' and owner_id = any(%s)"
    assert bench.one(beside, vote.options) == 8


def test_foreign_keys_hold_though_they_were_not_checked(bench: Bench) -> None:
    """Rows were written without checks; what the constraints say is asked of them here."""
    constraints = bench.ask(
        """
        select c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
        where c.contype = 'f' and array_length(c.conkey, 1) = 1
        """
    )
    assert len(constraints) > 40
    broken = [
        (table, column)
        for table, column, other, key in constraints
        if bench.one(
            f'select exists (select from {table} t where t."{column}" is not null '
            f'and not exists (select from {other} o where o."{key}" = t."{column}"))'
        )
    ]
    assert broken == []


def test_every_index_is_back(bench: Bench, servers: Servers) -> None:
    from collab.core.migrate import upgrade

    servers.administer("drop database if exists collab_plain", "create database collab_plain")
    upgrade(servers.url_of("collab_plain"))
    fresh = Bench(servers.url_of("collab_plain"), SMALL)
    listed = "select indexdef from pg_indexes where schemaname = 'public' order by indexdef"
    assert bench.ask(listed) == fresh.ask(listed)
    servers.administer("drop database collab_plain with (force)")


def test_it_is_the_same_each_time(bench: Bench, servers: Servers) -> None:
    again = made(servers, "collab_bench_again", SMALL)
    for query in (
        "select md5(string_agg(concat_ws('|', reference, title, unit_id, holder_id, desk_unit_id, state_kind), ',' "
        "order by id)) from work_item",
        "select md5(string_agg(concat_ws('|', person_id, unit_id, kind), ',' order by id)) from membership",
        "select md5(string_agg(concat_ws('|', item_id, sense, of_id), ',' order by item_id, sense, id)) from wait",
        "select md5(string_agg(concat_ws('|', item_id, person_id, choice), ',' "
        "order by item_id, person_id)) from decision_roll",
        "select md5(string_agg(concat_ws('|', item_id, stage, result -> 'winners'), ',' "
        "order by item_id)) from decision",
    ):
        assert again.one(query) == bench.one(query)
    servers.administer("drop database collab_bench_again with (force)")


def test_no_other_database_is_touched(bench: Bench, servers: Servers) -> None:
    from collab.core.migrate import upgrade

    with pytest.raises(NotOurs, match="already"):
        seed(bench.url, SMALL)
    servers.administer("drop database if exists collab_lived_in", "create database collab_lived_in")
    url = servers.url_of("collab_lived_in")
    upgrade(url)
    with psycopg.connect(plain(url)) as connection:
        connection.execute("insert into party (kind, label) values ('person', 'Somebody')")
    with pytest.raises(NotOurs, match="of its own"):
        seed(url, SMALL)
    assert Bench(url, SMALL).one("select count(*) from party") == 1
    servers.administer("drop database collab_lived_in with (force)")
