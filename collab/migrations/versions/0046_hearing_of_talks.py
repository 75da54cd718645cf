"""What somebody hears of a conversation stands in one column, and threads are followed"""

from alembic import op

revision = "0046"
down_revision = "0043"
branch_labels = None
depends_on = None

UP = """
alter table read_state add column hears text default 'usual' not null;
update read_state set hears = 'muted' where muted;
alter table read_state
  add constraint ck_read_state_hears check (hears in ('all','usual','muted')),
  drop column muted, drop column followed;

-- Those who hear of every message, found without reading the places of all who read it.
create index ix_read_state_all on read_state (conversation_id) where hears = 'all';

create table thread_hearing (
  message_id bigint not null,
  person_id bigint not null,
  follows boolean not null,
  at timestamptz not null,
  constraint pk_thread_hearing primary key (message_id, person_id),
  constraint fk_thread_hearing_message_id_message foreign key (message_id) references message,
  constraint fk_thread_hearing_person_id_person foreign key (person_id) references person
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
