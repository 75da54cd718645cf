"""Units, people, posts and outsiders of a bench, as bulk statements.

Parties are numbered: units from 1, their head's posts after them, then people, then outsiders. Person n heads unit n;
the others belong to departments and offices, the last ones numbered being the busiest.
"""

# ruff: noqa: E501 — statements read best as they are laid out.

STEPS = (
    (
        "units",
        """
        insert into party (id, kind, label, sort_key, folded)
        select n, 'unit', 'Unit ' || n, 'unit ' || lpad(n::text, 6, '0'), 'unit ' || n || ' u' || n
        from generate_series(1, %(units)s) n;
        insert into unit (id, code, level, valid_from)
        select n, 'U' || n, case when n = 1 then 'organisation' when n <= 1 + %(directorates)s then 'directorate'
               when n <= 1 + %(directorates)s + %(departments)s then 'department' else 'office' end, date '2015-01-01'
        from generate_series(1, %(units)s) n;
        insert into unit_edge (unit_id, parent_id, valid_from)
        select n, case when n = 1 then null when n <= 1 + %(directorates)s then 1
               when n <= 1 + %(directorates)s + %(departments)s then 2 + mod(n, %(directorates)s)
               else 2 + %(directorates)s + mod(n, %(departments)s) end, date '2015-01-01'
        from generate_series(1, %(units)s) n;
        insert into party (id, kind, label, sort_key, folded)
        select %(units)s + n, 'post', 'Head of Unit ' || n, 'head of unit ' || lpad(n::text, 6, '0'), 'head of unit ' || n
        from generate_series(1, %(units)s) n;
        insert into post (id, unit_id, kind, valid_from)
        select %(units)s + n, n, 'head', date '2015-01-01' from generate_series(1, %(units)s) n;
        insert into series (prefix, unit_id, last_number) select 'U' || n, n, 0 from generate_series(1, %(units)s) n;
        """,
    ),
    (
        "people",
        """
        insert into party (id, kind, label, sort_key, folded)
        select 2 * %(units)s + n, 'person', 'Person ' || n, 'person ' || lpad(n::text, 6, '0'), 'person ' || n
        from generate_series(1, %(people)s) n;
        insert into person (id, email, locale, time_zone, calendar)
        select 2 * %(units)s + n, 'person' || n || '@bench.example',
               (array['el', 'el', 'en', 'fa'])[1 + mod(n, 4)], 'Europe/Athens',
               case when mod(n, 4) = 3 then 'jalali' else 'gregorian' end
        from generate_series(1, %(people)s) n;
        insert into membership (person_id, unit_id, post_id, kind, main, valid_from)
        select 2 * %(units)s + n, case when n <= %(units)s then n else busy end,
               case when n <= %(units)s then %(units)s + n end, case when n <= %(units)s then 'head' else 'member' end,
               true, date '2015-01-01'
        from generate_series(1, %(people)s) n, lateral (
          select %(units)s - floor(power(bench.part(n, 0.6180339887), 2)
                                   * (%(units)s - 1 - %(directorates)s))::bigint as busy) b;
        insert into membership (person_id, unit_id, kind, main, valid_from)
        select 2 * %(units)s + n, 1 + mod(n * 7, %(units)s), 'member', false, date '2019-01-01'
        from generate_series(20, %(people)s, 20) n
        where not exists (select from membership m
                          where m.person_id = 2 * %(units)s + n and m.unit_id = 1 + mod(n * 7, %(units)s));
        """,
    ),
    (
        "outsiders",
        """
        insert into party (id, kind, label, sort_key, folded)
        select 2 * %(units)s + %(people)s + n, 'outsider', 'Office ' || n, 'office ' || lpad(n::text, 6, '0'), 'office ' || n
        from generate_series(1, 300) n;
        insert into outsider (id) select 2 * %(units)s + %(people)s + n from generate_series(1, 300) n;
        insert into label (unit_id, name, folded)
        select null, 'label ' || n, 'label ' || n from generate_series(1, 40) n;
        """,
    ),
    (
        "what people can do, and the views of heads",
        """
        insert into skill (label, sort_key, folded, family)
        select 'Skill ' || n, 'skill ' || lpad(n::text, 6, '0'), 'skill ' || n, 'training' from generate_series(1, 60) n;
        insert into person_skill (person_id, skill_id, level, since)
        select 2 * %(units)s + n, (select min(id) from skill) + mod(n * 7 + k * 13, 60), 1 + mod(n + k, 4), date '2020-01-01'
        from generate_series(1, %(people)s) n, generate_series(1, 3) k;
        insert into post_skill (post_id, skill_id, level, must)
        select %(units)s + n, (select min(id) from skill) + mod(n, 60), 2, true from generate_series(1, %(units)s) n;
        insert into saved_view (owner_id, name, layout, filter, unit_id)
        select 2 * %(units)s + n, 'View ' || k, 'table', '{"tree": {"all": []}}', n
        from generate_series(1, %(units)s) n, generate_series(1, 3) k;
        """,
    ),
    (
        "who is where",
        """
        create unlogged table bench.member as
        select unit_id, person_id, row_number() over (partition by unit_id order by person_id) - 1 as place,
               count(*) over (partition by unit_id) as many
        from membership where main;
        create index on bench.member (unit_id, place);
        analyze bench.member;
        """,
    ),
)  # fmt: skip
