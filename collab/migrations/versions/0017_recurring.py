"""Recurrence, reminders, acknowledgement and templates"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _recurrence()
    _reminders()
    _templates()


def _recurrence() -> None:
    op.create_table(
        "recurrence",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("roll", sa.Text(), nullable=False),
        sa.Column("ahead", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("times_left", sa.BigInteger(), nullable=True),
        sa.Column("begin_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("make_on", sa.Date(), nullable=True),
        sa.Column("last_item_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_how", sa.Text(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("mode in ('on-date','on-done')", name=op.f("ck_recurrence_mode")),
        sa.CheckConstraint("roll in ('no','next','previous')", name=op.f("ck_recurrence_roll")),
        sa.CheckConstraint(
            "ended_how is null or ended_how in ('stopped','over','failed')", name=op.f("ck_recurrence_ended_how")
        ),
        sa.CheckConstraint("(ended_at is null) = (ended_how is null)", name=op.f("ck_recurrence_ended")),
        sa.ForeignKeyConstraint(["last_item_id"], ["work_item.id"], name=op.f("fk_recurrence_last_item_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_recurrence_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurrence")),
    )
    open_ = "ended_at is null and "
    op.create_index(
        "ix_recurrence_make", "recurrence", ["make_on"], postgresql_where=sa.text(open_ + "make_on is not null")
    )
    op.create_index("ix_recurrence_last", "recurrence", ["last_item_id"])
    op.create_index("ix_recurrence_done", "recurrence", ["id"], postgresql_where=sa.text(open_ + "mode = 'on-done'"))
    op.create_table(
        "recurrence_item",
        sa.Column("recurrence_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["recurrence_id"], ["recurrence.id"], name=op.f("fk_recurrence_item_recurrence_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_recurrence_item_item_id")),
        sa.PrimaryKeyConstraint("recurrence_id", "day", name=op.f("pk_recurrence_item")),
    )
    op.create_index("ix_recurrence_item_item", "recurrence_item", ["item_id"])


def _reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("clock", sa.Time(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(before is null) = (clock is null)", name=op.f("ck_reminder_relative")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_reminder_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    waiting = "done_at is null"
    op.create_index("ix_reminder_at", "reminder", ["at"], postgresql_where=sa.text(waiting + " and at is not null"))
    op.create_index("ix_reminder_own", "reminder", ["item_id", "person_id"], postgresql_where=sa.text(waiting))
    op.create_index(
        "ix_reminder_relative", "reminder", ["item_id"], postgresql_where=sa.text(waiting + " and before is not null")
    )


def _templates() -> None:
    words = ARRAY(sa.Text())
    op.create_table(
        "task_template",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("labels", words, server_default="{}", nullable=False),
        sa.Column("priority", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("effort_minutes", sa.BigInteger(), nullable=True),
        sa.Column("due_after", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.Text(), server_default="user", nullable=False),
        sa.Column("holder_id", sa.BigInteger(), nullable=True),
        sa.Column("checklist", words, server_default="{}", nullable=False),
        sa.Column("parts", words, server_default="{}", nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("holder in ('user','nobody','party')", name=op.f("ck_task_template_holder")),
        sa.CheckConstraint("(holder = 'party') = (holder_id is not null)", name=op.f("ck_task_template_held")),
        sa.CheckConstraint("priority between 0 and 4", name=op.f("ck_task_template_priority")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_template_unit_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["party.id"], name=op.f("fk_task_template_holder_id")),
        sa.ForeignKeyConstraint(["created_by"], ["party.id"], name=op.f("fk_task_template_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_template")),
    )
    op.create_index(op.f("ix_task_template_unit_id"), "task_template", ["unit_id"])
    op.create_index(
        "ix_task_template_standing", "task_template", ["unit_id", "id"],
        postgresql_where=sa.text("retired_at is null"),
    )  # fmt: skip


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
