"""Decisions of a bench, as bulk statements: questions over the units and years as items are, and one large open vote.

Decision n of N was drafted n/N of the way through eight years. All but the youngest 4 in 100 are counted; of those six
in ten are open to the vote. The last one is the large one: in the first unit, of everybody who leads a directorate and
of members of other units, with all that may stand beside a question. Its voters have not voted.
"""

# ruff: noqa: E501 — statements read best as they are laid out.

import hashlib
import json
from collections import defaultdict
from typing import Any, Final

import psycopg
from psycopg.rows import namedtuple_row

from collab.decisions.counted import ballots_from, card_for, counted
from collab.decisions.counting.lot import commitment
from collab.decisions.exhibits import Exhibit, Stood, stands
from collab.decisions.frozen import frozen_words
from collab.decisions.presets import PRESETS, card_of

MOST_VOTERS: Final = 500
"""In the large vote; people named one by one are not more."""
RULES: Final = {code: card_of(PRESETS[code], "none", "open") for code in ("simple", "one")}

PLAN: Final = """
create unlogged table bench.vote_plan as
with numbered as (
  select n, %(items)s + n as id, n = %(decisions)s as large, mod(n, 20) = 3 as for_all,
         now() - (1 - n / %(decisions)s::float) * interval '8 years' - interval '40 days' as created,
         case when n = %(decisions)s then 1
              else %(units)s - floor(power(bench.part(n, 0.7548776662), 3) * (%(units)s - 1 - %(directorates)s))::bigint end as unit,
         case when n = %(decisions)s or mod(n, 2) = 1 then 'one' else 'simple' end as preset,
         bench.part(n, 0.3819660113) as luck
  from generate_series(1, %(decisions)s) n),
staged as (
  select *, case when large then 'open'
                 when n <= %(decisions)s * 0.96 then case when luck < 0.02 then 'closed' when luck < 0.6 then 'decided' else 'carried-out' end
                 when luck < 0.6 then 'open' when luck < 0.9 then 'discussion' else 'draft' end as stage
  from numbered)
select s.*, m.person_id as creator, row_number() over (partition by s.unit order by s.n) as place,
       stage not in ('draft', 'discussion') as opened, stage not in ('draft', 'discussion', 'open') as counted,
       stage in ('decided', 'carried-out') as over,
       created + interval '2 days' as opens,
       case when stage in ('draft', 'discussion', 'open') then now() + (300 + floor(luck * 60)) * interval '1 day'
            else created + interval '9 days' end as closes,
       created + interval '10 days' as concluded
from staged s join bench.member m on m.unit_id = s.unit and m.place = mod(s.n * 31, m.many);
alter table bench.vote_plan add primary key (n);
analyze bench.vote_plan;
"""

STEPS: Final = (
    ("a plan of the decisions", PLAN),
    (
        "decisions",
        """
        insert into work_item (id, kind, reference, series_id, number, title, words, body, unit_id, holder_id, desk_unit_id,
          state_kind, due_on, reach, created_at, created_by, changed_at, closed_at)
        select p.id, 'decision', 'U' || unit || '-' || (s.last_number + place), s.id, s.last_number + place,
          (%(titles)s::text[])[1 + mod(n, 16)] || ', ' || (%(places)s::text[])[1 + mod(n * 7, 10)] || ' ' || mod(n, 180) || ': who does it?',
          (%(titles_folded)s::text[])[1 + mod(n, 16)] || ' ' || (%(places_folded)s::text[])[1 + mod(n * 7, 10)] || ' ' || mod(n, 180) || ' who does it',
          'It was looked at on the spot. ' || repeat('What is done now holds for some years. ', 2 + mod(n, 6)::int),
          unit, creator, unit, case when over then 'done' when stage = 'draft' then 'new' else 'active' end, closes::date,
          case when for_all and not large then 'all' else 'unit' end, created, creator,
          case when over then concluded when opened then opens else created end, case when over then concluded end
        from bench.vote_plan p join series s on s.unit_id = p.unit;
        select setval('work_item_id_seq', %(items)s + %(decisions)s);
        update series s set last_number = s.last_number + x.most
        from (select unit, max(place) as most from bench.vote_plan group by unit) x where x.unit = s.unit_id;
        insert into decision (item_id, stage, preset, rule, rule_hash, electorate, opened_at, opened_by, closes_at, closed_at,
          outcome, outcome_at, outcome_by)
        select p.id, stage, preset, %(rules)s::jsonb -> preset, case when opened then sha256(p.id::text::bytea) end,
          jsonb_build_object('unit', unit, 'below', false, 'who', 'everybody', 'people', '[]'::jsonb, 'without', '[]'::jsonb),
          case when opened then opens end, case when opened then 2 * %(units)s + unit end, closes,
          case when counted then closes end, case when over then 'So it is done, from next month on.' end,
          case when over then concluded end, case when over then creator end
        from bench.vote_plan p;
        insert into decision_option (id, item_id, position, title, body, about_id)
        select 4 * (n - 1) + k, id, k, (array['By ourselves', 'With the other unit', 'By a contractor', 'Not this year'])[k],
          'What it costs was asked. ' || repeat('It takes some weeks. ', k),
          case when k < 3 and (large or mod(n, 10) = 1) then greatest(1, %(items)s - 7 * n - k) end
        from bench.vote_plan, generate_series(1, 4) k where preset = 'one';
        select setval('decision_option_id_seq', 4 * %(decisions)s);
        """,
    ),
    (
        "who is entitled, and what they voted",
        """
        create unlogged table bench.voter as
        select p.id, p.n, m.person_id, case when m.person_id = 2 * %(units)s + p.unit then 'head' else 'member' end as because,
               p.unit as of_id, bench.part(p.n * 37 + m.person_id, 0.6180339887) as luck
        from bench.vote_plan p join bench.member m on m.unit_id = p.unit where p.opened and not p.large;
        insert into bench.voter
        select p.id, p.n, m.person_id, 'named', null, 1
        from bench.vote_plan p, (
          select person_id from bench.member
          order by case when unit_id <= 1 + %(directorates)s then 0 when person_id > 3 * %(units)s then 1 else 2 end, person_id
          limit %(voters)s) m
        where p.large;
        analyze bench.voter;
        update decision d set electorate = jsonb_build_object('unit', null, 'below', false, 'who', 'everybody', 'without', '[]'::jsonb,
          'people', (select jsonb_agg(person_id order by person_id) from bench.voter v where v.id = d.item_id))
        where item_id = (select id from bench.vote_plan where large);
        insert into decision_roll (item_id, person_id, because, of_id, cast_at, cast_by, choice)
        select v.id, person_id, because, of_id,
          case when v.luck < turnout then opens + v.luck * interval '6 days' end, case when v.luck < turnout then person_id end,
          case when v.luck >= turnout then null when v.luck < 0.04 then '{"abstain": true}'::jsonb
               when preset = 'one' then jsonb_build_object('option', 4 * (v.n - 1) + 1 + mod(floor(v.luck * 1000)::int, 4))
               else jsonb_build_object('vote', (array['yes', 'no', 'yes'])[1 + mod(floor(v.luck * 1000)::int, 3)]) end
        from bench.voter v join bench.vote_plan p on p.n = v.n,
          lateral (select case when counted then 0.75 else 0.4 end as turnout) t;
        insert into participant (party_id, item_id, role, since) select creator, id, 'creator', created from bench.vote_plan;
        insert into participant (party_id, item_id, role, since) select creator, id, 'holder', created from bench.vote_plan;
        insert into participant (party_id, item_id, role, since)
        select person_id, v.id, 'asked', opens from bench.voter v join bench.vote_plan p on p.n = v.n;
        insert into wait (item_id, sense, of_id, by_id, since, until, taken_by, ended_at, ended_how, ended_by)
        select v.id, 'vote', r.person_id, 2 * %(units)s + unit, opens, closes::date, r.person_id,
          coalesce(r.cast_at, case when counted then closes end),
          case when r.cast_at is not null then 'answered' when counted then 'lapsed' end, r.cast_by
        from bench.voter v join bench.vote_plan p on p.n = v.n join decision_roll r on r.item_id = v.id and r.person_id = v.person_id;
        """,
    ),
    (
        "who has what was drafted, and its history",
        """
        insert into interval (item_id, holder_id, unit_id, state_kind, from_at, to_at)
        select id, creator, unit, 'new', created, case when stage <> 'draft' then opens end from bench.vote_plan;
        insert into interval (item_id, holder_id, unit_id, state_kind, from_at, to_at)
        select id, creator, unit, 'active', opens, case when over then concluded end from bench.vote_plan where stage <> 'draft';
        insert into wait (item_id, sense, of_id, by_id, by_unit_id, since, until, ended_at, ended_how, ended_by)
        select id, 'task', creator, creator, unit, created, closes::date, case when over then concluded end,
          case when over then 'done' end, case when over then creator end
        from bench.vote_plan;
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select created, 'item-opened', 'work-item', id, creator, 'page',
               jsonb_build_object('item_kind', 'decision', 'unit', unit, 'holder', creator)
        from bench.vote_plan;
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select opens, 'vote-opened', 'work-item', id, 2 * %(units)s + unit, 'page',
               jsonb_build_object('entitled', (select count(*) from decision_roll r where r.item_id = p.id), 'closes_at', closes,
                 'rule_hash', '', 'seed_hash', '')
        from bench.vote_plan p where opened;
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select closes, 'vote-closed', 'work-item', id, 0, 'system', (
          select jsonb_build_object('entitled', count(*), 'cast', count(cast_at)) from decision_roll r where r.item_id = p.id)
        from bench.vote_plan p where counted;
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select concluded, 'decision-taken', 'work-item', id, creator, 'page', jsonb_build_object('revisit_on', null)
        from bench.vote_plan where over;
        """,
    ),
    (
        "what is argued and shown",
        """
        insert into decision_argument (item_id, option_id, side, text, by_id, at)
        select id, case when preset = 'one' then 4 * (n - 1) + k end, (array['for', 'against'])[1 + mod(k + s, 2)],
          (array['It costs less than last time.', 'Έτσι γινόταν πάντα και δούλευε.', 'این کار زمان زیادی می‌برد.'])[s], creator,
          created + (k * 3 + s) * interval '1 hour'
        from bench.vote_plan, generate_series(1, 4) k, generate_series(1, 3) s
        where (large or n > %(decisions)s * 0.9) and (preset = 'one' or k = 1);
        insert into stored_file (id, sha256, size, media_type, created_at, looked_at)
        select n, encode(sha256(n::text::bytea), 'hex'), 20000 + n, 'application/pdf', created, created from bench.vote_plan;
        select setval('stored_file_id_seq', %(decisions)s);
        insert into attachment (owner_kind, owner_id, file_id, name, added_by, added_at)
        select 'decision', id, n, 'Report ' || n || '.pdf', creator, created from bench.vote_plan where large or mod(n, 5) = 0;
        insert into attachment (owner_kind, owner_id, file_id, name, added_by, added_at)
        select 'decision-option', 4 * (n - 1) + k, n, 'Offer ' || k || '-' || f || '.pdf', creator, created
        from bench.vote_plan, generate_series(1, 4) k, generate_series(1, 2) f where preset = 'one' and (large or mod(n, 10) = 1);
        with talk as (
          insert into conversation (kind, owner_kind, owner_id, last_seq, last_at, created_at)
          select 'item', 'work-item', id, 20, created + interval '20 hours', created from bench.vote_plan where large
          returning id, owner_id)
        insert into message (conversation_id, seq, author_id, text, nonce, created_at)
        select talk.id, s, v.person_id, 'What was said on the way to it, ' || s, 'd' || talk.id || '-' || s, p.created + s * interval '1 hour'
        from talk join bench.vote_plan p on p.id = talk.owner_id
        join (select id, person_id, row_number() over (partition by id order by person_id) as s from bench.voter) v
          on v.id = talk.owner_id and v.s <= 20;
        """,
    ),
)  # fmt: skip


_OPENED: Final = """
select item_id, title, body, rule, closes_at, decision.closed_at from decision join work_item on id = item_id
where opened_at is not null order by item_id
"""
_EVIDENCE: Final = """
select coalesce(o.item_id, a.owner_id) as item_id, o.id as option, a.name, a.version, f.media_type, f.size, f.sha256, a.added_at
from attachment a join stored_file f on f.id = a.file_id
left join decision_option o on a.owner_kind = 'decision-option' and o.id = a.owner_id
where a.owner_kind in ('decision', 'decision-option') order by a.id
"""
_KEPT: Final = """
update decision set rule = %(rule)s, opened_words = %(words)s, rule_hash = %(hash)s, seed = %(seed)s,
  seed_hash = %(seed_hash)s, result = %(result)s
where item_id = %(item)s
"""


def values(people: int) -> dict[str, Any]:
    """What these statements ask beside the sizes."""
    return {"rules": json.dumps(RULES), "voters": min(MOST_VOTERS, people)}


def freeze_and_count(connection: psycopg.Connection) -> None:
    """What opening and closing write beside: words that stand fast with their hash, the seed of a lot, the result."""
    ask: psycopg.Cursor[Any] = connection.cursor(row_factory=namedtuple_row)
    options, lines, evidence = defaultdict(list), defaultdict(list), defaultdict(list)
    for item, *one in connection.execute(_EVIDENCE):
        evidence[item].append(Exhibit(*one))
    for option in ask.execute("select id, item_id, title, body, cost from decision_option order by item_id, position"):
        options[option.item_id].append(option)
    for line in ask.execute("select item_id, person_id, choice from decision_roll order by item_id, person_id"):
        lines[line.item_id].append(line)
    kept = [
        _kept(row, options[row.item_id], lines[row.item_id], stands(evidence[row.item_id]))
        for row in ask.execute(_OPENED).fetchall()
    ]
    connection.cursor().executemany(_KEPT, kept)


def _kept(row: Any, options: list[Any], lines: list[Any], evidence: list[Stood]) -> dict[str, Any]:
    seed = hashlib.sha256(f"bench {row.item_id}".encode()).digest()
    seed_hash = commitment(seed.hex())
    rule = row.rule | {"card": card_for(row.rule, seed_hash).as_json()}
    voters = {line.person_id: 1 for line in lines}
    words = frozen_words(row.title, row.body, rule, "open", options, voters, row.closes_at, evidence)
    result = None
    if row.closed_at is not None:
        choices = [line.choice for line in lines if line.choice is not None]
        ballots = ballots_from(rule, {option.id: option.title for option in options}, choices, seed=seed.hex())
        result = counted(rule, seed_hash, ballots, len(voters), 0)
    return {
        "item": row.item_id, "rule": json.dumps(rule), "words": words, "hash": hashlib.sha256(words.encode()).digest(),
        "seed": seed, "seed_hash": bytes.fromhex(seed_hash), "result": result and json.dumps(result),
    }  # fmt: skip
