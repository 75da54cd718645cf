"""Work of a bench, as bulk statements: items, who had them when, what is awaited, what was said and heard.

Item n of N was created n/N of the way through the last eight years. Of the youngest eighth 28 in 100 are open, of the
others 6 in 1,000: four in a hundred in all. Units are chosen by the cube of a fraction, so that few are busy.
"""

# ruff: noqa: E501 — statements read best as they are laid out.

PLAN = """
create unlogged table bench.plan as
with numbered as (
  select n, now() - (1 - n / %(items)s::float) * interval '8 years' - interval '3 hours' as created,
         %(units)s - floor(power(bench.part(n, 0.7548776662), 3) * (%(units)s - 1 - %(directorates)s))::bigint as unit,
         bench.part(n, 0.5698402910) < case when n > %(items)s * 0.875 then 0.28 else 0.006 end as open,
         bench.part(n, 0.8191725134) < 0.08 as moved,
         bench.part(n, 0.3819660113) as luck
  from generate_series(1, %(items)s) n),
placed as (
  select *, case when moved then %(units)s - floor(power(luck, 2) * (%(units)s - 1 - %(directorates)s))::bigint
            else unit end as desk
  from numbered),
begun as (
  select p.*, m.person_id as creator, d.person_id as holder_here,
         p.created + (1 + floor(p.luck * 20)) * interval '1 day' as touched
  from placed p
  join bench.member m on m.unit_id = p.unit and m.place = mod(p.n * 31, m.many)
  join bench.member d on d.unit_id = p.desk and d.place = mod(p.n * 17, d.many))
select b.*, least(b.touched, now()) as moved_at, row_number() over (partition by b.unit order by b.n) as number,
       case when not open then least(b.touched + (1 + floor(luck * 30)) * interval '1 day', now()) end as closed,
       case when not open then case when luck < 0.05 then 'cancelled' else 'done' end
            when luck < 0.35 then 'new' when luck < 0.9 then 'active' else 'waiting' end as state,
       case when open and luck < 0.12 then null else holder_here end as holder,
       case when mod(n, 5) < 3 then 'pending' else 'task' end as kind,
       case when mod(n, 200) = 7 then 'named' when mod(n, 50) = 3 then 'all' else 'unit' end as reach,
       (b.created + (5 + floor(bench.part(n, 0.4142135623) * 55)) * interval '1 day')::date as due
from begun b;
alter table bench.plan add primary key (n);
analyze bench.plan;
"""

STEPS = (
    ("a plan of the items", PLAN),
    (
        "items",
        """
        insert into work_item (id, kind, reference, series_id, number, title, words, body, unit_id, holder_id,
          desk_unit_id, state_kind, priority, due_on, reach, created_at, created_by, changed_at, closed_at)
        select n, kind, 'U' || unit || '-' || number, s.id, number,
          (%(titles)s::text[])[1 + mod(n, 16)] || ', ' || (%(places)s::text[])[1 + mod(n * 7, 10)] || ' ' || mod(n, 180),
          (%(titles_folded)s::text[])[1 + mod(n, 16)] || ', ' || (%(places_folded)s::text[])[1 + mod(n * 7, 10)] || ' '
            || mod(n, 180),
          'Seen on the spot. ' || repeat('It has been like this for some weeks. ', 1 + mod(n, 6)::int),
          unit, holder, desk, state, mod(n, 5), due, reach, created, creator, coalesce(closed, moved_at), closed
        from bench.plan p join series s on s.unit_id = p.unit;
        select setval('work_item_id_seq', %(items)s);
        update series s set last_number = x.most
        from (select unit, max(number) as most from bench.plan group by unit) x where x.unit = s.unit_id;
        """,
    ),
    (
        "pending items and labels",
        """
        insert into pending_item (item_id, source, protocol_number, protocol_on, counterpart_id, suspended_days)
        select n, (array['citizen', 'electronic', 'unit', 'authority', 'council'])[1 + mod(n, 5)],
               extract(year from created) || '/' || n, created::date, 2 * %(units)s + %(people)s + 1 + mod(n, 300), 0
        from bench.plan where kind = 'pending';
        insert into work_item_label (item_id, label_id)
        select n, (select min(id) from label) + mod(n, 40) from bench.plan where mod(n, 10) < 3;
        """,
    ),
    (
        "who had the ball",
        """
        insert into interval (item_id, holder_id, unit_id, state_kind, from_at, to_at)
        select n, creator, unit, 'new', created, moved_at from bench.plan where moved_at > created;
        insert into interval (item_id, holder_id, unit_id, state_kind, stopped, from_at, to_at)
        select n, case when state = 'waiting' then 2 * %(units)s + %(people)s + 1 + mod(n, 300) else holder end,
               case when state <> 'waiting' then desk end, case when open then state else 'active' end,
               state = 'waiting', greatest(moved_at, created), closed
        from bench.plan;
        """,
    ),
    (
        "what is awaited",
        """
        insert into wait (item_id, sense, what, of_id, by_id, by_unit_id, since, until, stops_clock)
        select n, 'answer', 'Photographs, please.', 2 * %(units)s + %(people)s + 1 + mod(n, 300), coalesce(holder, creator),
               desk, moved_at, due, true
        from bench.plan where state = 'waiting';
        insert into wait (item_id, sense, what, of_id, by_id, by_unit_id, tray_unit_id, since, until, ended_at, ended_how)
        select n, 'answer', 'Your opinion, please.', asked, coalesce(holder, creator), desk, case when open then asked end,
               moved_at, due, closed, case when not open then 'answered' end
        from (select *, %(units)s - floor(power(luck, 2) * (%(units)s - 1 - %(directorates)s))::bigint as asked
              from bench.plan where mod(n, 10) < 3) p;
        insert into wait (item_id, sense, of_id, by_id, by_unit_id, tray_unit_id, since, until, ended_at, ended_how, ended_by)
        select n, 'task', coalesce(holder, desk), creator, unit, case when holder is null then desk end, created, due,
               closed, case when not open then 'done' end, case when not open then holder end
        from bench.plan;
        """,
    ),
    (
        "offers",
        """
        insert into wait (item_id, sense, what, of_id, by_id, by_unit_id, tray_unit_id, since, until)
        select n, 'handover', 'Yours, I think.', 2 + mod(n, %(units)s - 1), holder, desk, 2 + mod(n, %(units)s - 1), moved_at, due
        from bench.plan where open and holder is not null and mod(n, 12) = 5 and desk <> 2 + mod(n, %(units)s - 1);
        insert into handover (item_id, wait_id, from_unit_id, from_id, to_unit_id, to_id, offered_by, offered_at, note)
        select item_id, id, by_unit_id, by_id, of_id, of_id, by_id, since, what from wait where sense = 'handover';
        """,
    ),
    (
        "who takes part",
        """
        insert into participant (party_id, item_id, role, since) select creator, n, 'creator', created from bench.plan;
        insert into participant (party_id, item_id, role, since)
        select holder, n, 'holder', moved_at from bench.plan where holder is not null;
        insert into participant (party_id, item_id, role, since)
        select desk, n, 'holder', moved_at from bench.plan where desk <> unit;
        insert into participant (party_id, item_id, role, since)
        select distinct of_id, item_id, 'asked', since from wait w
        where sense = 'answer' and exists (select from unit u where u.id = w.of_id);
        insert into participant (party_id, item_id, role, since)
        select distinct of_id, item_id, 'offered', since from wait where sense = 'handover';
        insert into participant (party_id, item_id, role, since)
        select 2 * %(units)s + 1 + mod(n * 13, %(people)s), n, 'watcher', moved_at from bench.plan where mod(n, 20) = 1;
        """,
    ),
    (
        "the ledger",
        """
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select created, 'item-opened', 'work-item', n, creator, 'page',
               jsonb_build_object('item_kind', kind, 'unit', unit, 'holder', creator)
        from bench.plan;
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select moved_at, 'item-assigned', 'work-item', n, creator, 'page',
               jsonb_build_object('holder', holder, 'before', creator, 'unit', desk)
        from bench.plan where moved_at > created;
        insert into facts (at, kind, subject_kind, subject_id, actor_id, via, payload)
        select closed, 'item-completed', 'work-item', n, coalesce(holder, creator), 'page', '{}'
        from bench.plan where state = 'done';
        """,
    ),
    (
        "inboxes",
        """
        insert into notification (person_id, subject_kind, subject_id, reasons, count, first_fact_id, last_fact_id, told,
          actor_id, at, read_at)
        select coalesce(holder, creator), 'work-item', n, array['assigned'], 1 + mod(n, 4), n, n, array[n], creator, moved_at,
               case when n <= %(items)s * 0.97 then moved_at + interval '4 hours' end
        from bench.plan where mod(n, 3) = 0 and n > %(items)s * 0.6;
        """,
    ),
)  # fmt: skip

TALK = (
    (
        "talk",
        """
        create unlogged table bench.talk as
        select n, row_number() over (order by n) as id, creator, coalesce(holder, creator) as other, moved_at
        from bench.plan
        where mod(n, greatest(1, (%(items)s * 5 / %(messages)s::float)::bigint)) = 0;
        insert into conversation (id, kind, owner_kind, owner_id, last_seq, last_at, created_at)
        select id, 'item', 'work-item', n, 5, moved_at + interval '4 hours', moved_at from bench.talk;
        select setval('conversation_id_seq', greatest(1, (select max(id) from conversation)));
        insert into message (conversation_id, seq, author_id, text, nonce, created_at)
        select t.id, s, case when mod(s, 2) = 0 then creator else other end,
               (array['Two trees are down, one leans.', 'Το είδα, επανέρχομαι.', 'عکس‌ها را فرستادم', 'Tuesday at seven.',
                      'Done; the applicant was told.'])[s], 'b' || t.id || '-' || s, moved_at + s * interval '47 minutes'
        from bench.talk t, generate_series(1, 5) s;
        insert into read_state (conversation_id, person_id, read_seq, at)
        select id, creator, 4, moved_at from bench.talk
        union select id, other, 5, moved_at from bench.talk where other <> creator;
        """,
    ),
)  # fmt: skip
