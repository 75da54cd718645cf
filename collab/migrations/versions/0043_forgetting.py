"""Sessions, tokens, codes, letters and keys of requests are found by when they were over, to be forgotten"""

from alembic import op

revision = "0043"
down_revision = "0041"
branch_labels = None
depends_on = None

UP = """
create index ix_idempotency_key_at on idempotency_key (at);
create index ix_sign_in_session_over on sign_in_session (least(ended_at, expires_at));
create index ix_access_token_over on access_token (least(revoked_at, expires_at));
create index ix_email_code_over on email_code (least(used_at, expires_at));
create index ix_mail_created on mail (created_at);

-- What points at a door that is forgotten stays, and points nowhere.
alter table access_token drop constraint fk_access_token_parent_id_access_token,
  add constraint fk_access_token_parent_id_access_token foreign key (parent_id) references access_token
  on delete set null;
alter table mail drop constraint fk_mail_code_id_email_code,
  add constraint fk_mail_code_id_email_code foreign key (code_id) references email_code on delete set null;
drop index ix_mail_code;
create index ix_mail_code on mail (code_id) where code_id is not null;
alter table push_subscription
  drop constraint ck_push_subscription_by,
  add constraint ck_push_subscription_by check (num_nonnulls(session_id, token_id) <= 1),
  drop constraint fk_push_subscription_session_id_sign_in_session,
  add constraint fk_push_subscription_session_id_sign_in_session foreign key (session_id) references sign_in_session
  on delete set null,
  drop constraint fk_push_subscription_token_id_access_token,
  add constraint fk_push_subscription_token_id_access_token foreign key (token_id) references access_token
  on delete set null;
create index ix_push_subscription_session on push_subscription (session_id) where session_id is not null;
create index ix_push_subscription_token on push_subscription (token_id) where token_id is not null;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
