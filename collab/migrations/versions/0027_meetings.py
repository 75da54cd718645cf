"""Meetings with agenda and minutes"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), server_default="planned", nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("chair_id", sa.BigInteger(), nullable=False),
        sa.Column("secretary_id", sa.BigInteger(), nullable=False),
        sa.Column("quorum", sa.Text(), server_default="none", nullable=False),
        sa.Column("quorum_base", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.BigInteger(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "stage in ('planned','running','minutes','closed','cancelled')", name=op.f("ck_meeting_stage")
        ),
        sa.CheckConstraint("quorum in ('none','third','half','two-thirds')", name=op.f("ck_meeting_quorum")),
        sa.CheckConstraint("quorum_base between 1 and 100000", name=op.f("ck_meeting_quorum_base")),
        sa.CheckConstraint("(approved_at is null) = (approved_by is null)", name=op.f("ck_meeting_approved")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_meeting_item_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_meeting_chair_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_meeting_secretary_id")),
        sa.ForeignKeyConstraint(["approved_by"], ["person.id"], name=op.f("fk_meeting_approved_by")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_starts", "meeting", ["starts_at", "item_id"])
    op.create_table(
        "meeting_person",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("presence", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "presence in ('present','remote','excused','absent')", name=op.f("ck_meeting_person_presence")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["meeting.item_id"], name=op.f("fk_meeting_person_item_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_person_person_id")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_meeting_person")),
    )
    op.create_index("ix_meeting_person", "meeting_person", ["person_id", "item_id"])
    op.create_table(
        "meeting_point",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.BigInteger(), server_default="10", nullable=False),
        sa.Column("state", sa.Text(), server_default="accepted", nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("notes", sa.Text(), server_default="", nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint("state in ('proposed','accepted','put-off')", name=op.f("ck_meeting_point_state")),
        sa.CheckConstraint("minutes between 1 and 600", name=op.f("ck_meeting_point_minutes")),
        sa.ForeignKeyConstraint(["item_id"], ["meeting.item_id"], name=op.f("fk_meeting_point_item_id")),
        sa.ForeignKeyConstraint(["about_id"], ["work_item.id"], name=op.f("fk_meeting_point_about_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_meeting_point_owner_id")),
        sa.ForeignKeyConstraint(["added_by"], ["party.id"], name=op.f("fk_meeting_point_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_point")),
    )
    op.create_index("ix_meeting_point", "meeting_point", ["item_id", "position"])
    op.create_index("ix_meeting_point_about_id", "meeting_point", ["about_id"])
    op.create_table(
        "meeting_task",
        sa.Column("point_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["meeting_point.id"], name=op.f("fk_meeting_task_point_id")),
        sa.ForeignKeyConstraint(["task_id"], ["work_item.id"], name=op.f("fk_meeting_task_task_id")),
        sa.PrimaryKeyConstraint("point_id", "task_id", name=op.f("pk_meeting_task")),
    )
    op.create_index("ix_meeting_task", "meeting_task", ["task_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
