"""Tokens know their parent, browsers are known by an account, each command of a request is carried out once"""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

UP = """
-- Grows with each new password: what was handed out under the former one (known browsers) holds no longer.
alter table person add column password_version bigint not null default 1;

-- A token made by a token ends with it.
alter table access_token add column parent_id bigint
  constraint fk_access_token_parent_id_access_token references access_token;
create index ix_access_token_parent on access_token (parent_id) where parent_id is not null;

-- Which command the first key of a request stands for.
alter table idempotency_key add column command text not null default '';

-- A letter with a link knows its code: when the code is over, the letter is emptied.
alter table mail add column code_id bigint constraint fk_mail_code_id_email_code references email_code;
update mail set code_id = email_code.id from email_code where mail.effect = email_code.purpose || ':' || email_code.id;
create index ix_mail_code on mail (code_id) where code_id is not null and body <> '';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
