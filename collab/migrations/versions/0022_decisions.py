"""Decisions: questions, options, electorates, ballots"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), server_default="draft", nullable=False),
        sa.Column("level", sa.Text(), server_default="open", nullable=False),
        sa.Column("preset", sa.Text(), nullable=False),
        sa.Column("rule", postgresql.JSONB(), nullable=False),
        sa.Column("rule_hash", sa.LargeBinary(), nullable=True),
        sa.Column("electorate", postgresql.JSONB(), nullable=False),
        sa.Column("substitutes", sa.Text(), server_default="nobody", nullable=False),
        sa.Column("proxies", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("chair_id", sa.BigInteger(), nullable=True),
        sa.Column("seed", sa.LargeBinary(), nullable=True),
        sa.Column("seed_hash", sa.LargeBinary(), nullable=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", postgresql.JSONB(), nullable=True),
        sa.Column("chosen", postgresql.JSONB(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by", sa.BigInteger(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("superseded_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("level in ('open','confidential')", name=op.f("ck_decision_level")),
        sa.CheckConstraint(
            "stage <> 'open' or (rule_hash is not null and closes_at is not null)", name=op.f("ck_decision_opened")
        ),
        sa.CheckConstraint(
            "stage in ('draft','discussion','open','closed','decided','carried-out','superseded','cancelled')",
            name=op.f("ck_decision_stage"),
        ),
        sa.CheckConstraint("substitutes in ('nobody','substitute')", name=op.f("ck_decision_substitutes")),
        sa.CheckConstraint("(sealed_key is null) = (public_key is null)", name=op.f("ck_decision_keys")),
        sa.CheckConstraint("proxies between 0 and 10", name=op.f("ck_decision_proxies")),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_decision_chair_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_item_id")),
        sa.ForeignKeyConstraint(["opened_by"], ["person.id"], name=op.f("fk_decision_opened_by")),
        sa.ForeignKeyConstraint(["outcome_by"], ["person.id"], name=op.f("fk_decision_outcome_by")),
        sa.ForeignKeyConstraint(["superseded_by"], ["work_item.id"], name=op.f("fk_decision_superseded_by")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_closes", "decision", ["closes_at"], postgresql_where=sa.text("stage = 'open'"))
    op.create_index(
        "ix_decision_remind",
        "decision",
        ["remind_at"],
        postgresql_where=sa.text("stage = 'open' and remind_at is not null"),
    )
    op.create_index(
        "ix_decision_revisit", "decision", ["revisit_on"], postgresql_where=sa.text("revisit_on is not null")
    )
    op.create_index(
        "ix_decision_superseded", "decision", ["superseded_by"], postgresql_where=sa.text("superseded_by is not null")
    )
    op.create_table(
        "decision_option",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("cost is null or cost >= 0", name=op.f("ck_decision_option_cost")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_option_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_option")),
    )
    op.create_index("ix_decision_option", "decision_option", ["item_id", "position"])
    op.create_table(
        "decision_argument",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("option_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("side in ('for','against')", name=op.f("ck_decision_argument_side")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_decision_argument_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_argument_item_id")),
        sa.ForeignKeyConstraint(["option_id"], ["decision_option.id"], name=op.f("fk_decision_argument_option_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_argument")),
    )
    op.create_index("ix_decision_argument", "decision_argument", ["item_id", "id"])
    op.create_index(op.f("ix_decision_argument_option_id"), "decision_argument", ["option_id"])
    op.create_table(
        "decision_roll",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("of_id", sa.BigInteger(), nullable=True),
        sa.Column("left_out", sa.Text(), nullable=True),
        sa.Column("weight", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("recused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recused_reason", sa.Text(), nullable=True),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cast_by", sa.BigInteger(), nullable=True),
        sa.Column("choice", postgresql.JSONB(), nullable=True),
        sa.Column("envelope", sa.LargeBinary(), nullable=True),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("dissent", sa.Text(), nullable=True),
        sa.CheckConstraint("(cast_at is null) = (cast_by is null)", name=op.f("ck_decision_roll_cast")),
        sa.CheckConstraint("choice is null or envelope is null", name=op.f("ck_decision_roll_one_form")),
        sa.CheckConstraint(
            "left_out is null or (cast_at is null and recused_at is null)", name=op.f("ck_decision_roll_left_out")
        ),
        sa.CheckConstraint("recused_at is null or cast_at is null", name=op.f("ck_decision_roll_recused")),
        sa.CheckConstraint("weight between 1 and 1000", name=op.f("ck_decision_roll_weight")),
        sa.ForeignKeyConstraint(["cast_by"], ["person.id"], name=op.f("fk_decision_roll_cast_by")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_roll_item_id")),
        sa.ForeignKeyConstraint(["of_id"], ["party.id"], name=op.f("fk_decision_roll_of_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_roll_person_id")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_decision_roll")),
    )
    op.create_index("ix_decision_roll_person", "decision_roll", ["person_id", "item_id"])
    op.create_table(
        "decision_proxy",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("principal_id", sa.BigInteger(), nullable=False),
        sa.Column("holder_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wait_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(accepted_at is null) = (wait_id is null)", name=op.f("ck_decision_proxy_awaited")),
        sa.CheckConstraint("principal_id <> holder_id", name=op.f("ck_decision_proxy_not_self")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_decision_proxy_holder_id")),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_proxy_item_id")),
        sa.ForeignKeyConstraint(["principal_id"], ["person.id"], name=op.f("fk_decision_proxy_principal_id")),
        sa.ForeignKeyConstraint(["wait_id"], ["wait.id"], name=op.f("fk_decision_proxy_wait_id")),
        sa.PrimaryKeyConstraint("item_id", "principal_id", name=op.f("pk_decision_proxy")),
    )
    op.create_index("ix_decision_proxy_holder", "decision_proxy", ["item_id", "holder_id"])
    op.create_table(
        "decision_ballot",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("choice", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_ballot_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_ballot")),
    )
    op.create_index(op.f("ix_decision_ballot_item_id"), "decision_ballot", ["item_id"])
    op.create_table(
        "decision_receipt",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_receipt_item_id")),
        sa.PrimaryKeyConstraint("item_id", "receipt", name=op.f("pk_decision_receipt")),
    )
    op.create_table(
        "decision_follow_up",
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_follow_up_item_id")),
        sa.ForeignKeyConstraint(["task_id"], ["work_item.id"], name=op.f("fk_decision_follow_up_task_id")),
        sa.PrimaryKeyConstraint("item_id", "task_id", name=op.f("pk_decision_follow_up")),
    )
    op.create_index("ix_decision_follow_up_task", "decision_follow_up", ["task_id"])


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
