"""The migrated database is what the models state, and whatever is planted otherwise is found."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from collab.core.catalogue import Shape, differences, shape_of
from collab.core.db import Base
from collab.core.migrate import engine
from tests.databases import Clones, Servers

PLANTED = {
    "a check that is gone": (
        "alter table person drop constraint ck_person_email_lower",
        "only the models state constraint of person: CHECK ((email = lower(email)))",
    ),
    "a check that says something else": (
        "alter table person add constraint other check (email <> 'x')",
        "only the migrations make constraint of person: CHECK ((email <> 'x'::text))",
    ),
    "another default": (
        "alter table person alter theme set default 'dark'",
        "only the models state column of person: theme text not null default 'auto'::text",
    ),
    "another predicate": (
        "drop index ix_mail_due; create index ix_mail_due on mail (next_at) where sent_at is not null",
        "only the models state index of mail: CREATE INDEX ix_mail_due ON public.mail USING btree (next_at) "
        "WHERE (sent_at IS NULL)",
    ),
    "a trigger that is off": (
        "alter table facts disable trigger facts_append_only",
        "only the models state trigger of facts: CREATE TRIGGER facts_append_only BEFORE DELETE OR UPDATE ON "
        "public.facts FOR EACH ROW EXECUTE FUNCTION refuse_change() O",
    ),
    "a function that lets pass": (
        "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new\n;end'",
        "only the models state function of refuse_change:",
    ),
    "a foreign key that is gone": (
        "alter table mail drop constraint fk_mail_code_id_email_code",
        "only the models state constraint of mail: FOREIGN KEY (code_id) REFERENCES email_code(id)",
    ),
}


@pytest.fixture(scope="module")
def modelled(servers: Servers) -> Iterator[Shape]:
    """The shape of a database made from the models alone."""
    servers.administer("create database modelled")
    made = engine(servers.url_of("modelled"))
    Base.metadata.create_all(made)
    with made.connect() as connection:
        yield shape_of(connection)
    servers.administer("drop database modelled with (force)")


@pytest.fixture
def migrated(servers: Servers, clones: Clones) -> Iterator[str]:
    name = clones.take()
    yield servers.url_of(name)
    clones.used.put(name)


def test_the_migrations_make_what_the_models_state(modelled: Shape, migrated: str) -> None:
    with engine(migrated).connect() as connection:
        assert differences(shape_of(connection), modelled) == []


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(modelled: Shape, migrated: str, name: str) -> None:
    statements, line = PLANTED[name]
    with engine(migrated).connect() as connection:
        for statement in statements.split("; "):
            connection.execute(text(statement))
        found = differences(shape_of(connection), modelled)
    assert any(one.startswith(line) for one in found), found
