"""The shape of a database as PostgreSQL itself tells it, so that two can be laid side by side.

Names of constraints are left out, since those of the models and of hand-written steps follow other rules; what they
say is compared. Names of indexes count: code and plans speak of them.
"""

import re
from collections import Counter
from typing import Any, Final

from sqlalchemy import DDL, FromClause, event, text

_OURS: Final = "relnamespace = 'public'::regnamespace and relname <> 'alembic_version'"
_ASKED: Final = {
    "column": """
        select relname, attname || ' ' || format_type(atttypid, atttypmod)
          || case when attnotnull then ' not null' else '' end
          || case attidentity when '' then '' else ' identity' end
          || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
          || case attgenerated when '' then '' else ' generated' end
        from pg_attribute join pg_class on pg_class.oid = attrelid
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where relkind in ('r', 'p') and attnum > 0 and not attisdropped and OURS
        """,
    "constraint": """
        select relname, pg_get_constraintdef(pg_constraint.oid) || case when convalidated then '' else ' not valid' end
        from pg_constraint join pg_class on pg_class.oid = conrelid
        where contype in ('c', 'f', 'p', 'u', 'x') and OURS
        """,
    "index": """
        select relname, pg_get_indexdef(indexrelid) || case when indisvalid then '' else ' not valid' end
        from pg_index join pg_class on pg_class.oid = indrelid where OURS
        """,
    "trigger": """
        select relname, pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text
        from pg_trigger join pg_class on pg_class.oid = tgrelid where not tgisinternal and OURS
        """,
    "function": "select proname, pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace",
    "view": "select relname, pg_get_viewdef(pg_class.oid) from pg_class where relkind in ('v', 'm') and OURS",
}
_QUOTED_NUMBER: Final = re.compile(r"'(-?\d+)'::(?:bigint|integer|smallint)\b")
_INDEX_OF_CONSTRAINT: Final = re.compile(r"INDEX (?:pk|uq)_\w+ ON")

_REFUSE: Final = """
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger %(table)s_append_only before update or delete on %(table)s
  for each row execute function refuse_change();
create trigger %(table)s_keep_all before truncate on %(table)s for each statement execute function refuse_change();
"""

Shape = Counter[tuple[str, str, str]]


def append_only(table: FromClause) -> None:
    """State that a table refuses UPDATE, DELETE and TRUNCATE. Migrations carry it out; here it is held against them."""
    event.listen(table, "after_create", DDL(_REFUSE))  # type: ignore[no-untyped-call]


def shape_of(connection: Any) -> Shape:
    """Everything that stands in the schema: what it is, of which table, and its definition."""
    return Counter(
        (what, str(of), _plain(str(definition)))
        for what, asked in _ASKED.items()
        for of, definition in connection.execute(text(asked.replace("OURS", _OURS)))
    )


def differences(migrated: Shape, modelled: Shape) -> list[str]:
    """What only one of the two has, as lines to be read."""
    lines = [(*one, "only the migrations make") for one in (migrated - modelled).elements()]
    lines += [(*one, "only the models state") for one in (modelled - migrated).elements()]
    return [f"{who} {what} of {of}: {definition}" for what, of, definition, who in sorted(lines)]


def _plain(definition: str) -> str:
    said = " ".join(definition.split())
    return _INDEX_OF_CONSTRAINT.sub("INDEX ON", _QUOTED_NUMBER.sub(r"\1", said))
