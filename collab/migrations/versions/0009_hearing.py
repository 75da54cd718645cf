"""How people want to hear: per reason and kind of item, quiet hours, the digest; lines that are snoozed or muted"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notification", sa.Column("for_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(op.f("fk_notification_for_id"), "notification", "person", ["for_id"], ["id"])
    op.add_column("notification", sa.Column("muted_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("notification", sa.Column("untold", postgresql.ARRAY(sa.TEXT()), server_default="{}", nullable=False))
    op.add_column("notification", sa.Column("at_once", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("notification", sa.Column("mail_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_notification_mail", "notification", ["mail_at"], postgresql_where="mail_at is not null")
    op.create_index(
        "ix_notification_snoozed", "notification", ["snoozed_until"], postgresql_where="snoozed_until is not null"
    )
    op.create_table(
        "hearing_choice",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.CheckConstraint("channel in ('never','inbox','digest','mail')", name=op.f("ck_hearing_choice_channel")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hearing_choice_person_id")),
        sa.PrimaryKeyConstraint("person_id", "topic", "kind", name=op.f("pk_hearing_choice")),
    )
    op.create_table(
        "hearing_manner",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("mails", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("digest_hour", sa.BigInteger(), server_default="8", nullable=False),
        sa.Column("quiet_from", sa.BigInteger(), server_default="19", nullable=False),
        sa.Column("quiet_until", sa.BigInteger(), server_default="7", nullable=False),
        sa.Column("working_days", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("inbox_by", sa.Text(), server_default="day", nullable=False),
        sa.CheckConstraint("digest_hour between 0 and 23", name=op.f("ck_hearing_manner_digest_hour")),
        sa.CheckConstraint("quiet_from between 0 and 23", name=op.f("ck_hearing_manner_quiet_from")),
        sa.CheckConstraint("quiet_until between 0 and 23", name=op.f("ck_hearing_manner_quiet_until")),
        sa.CheckConstraint("inbox_by in ('day','unit')", name=op.f("ck_hearing_manner_inbox_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hearing_manner_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_hearing_manner")),
    )
    op.add_column("mail", sa.Column("html", sa.Text(), nullable=True))
    op.add_column("mail", sa.Column("unsubscribe", sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
