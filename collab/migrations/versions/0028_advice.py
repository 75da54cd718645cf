"""Consent, advice and blind scoring"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SENSES = "sense in ('answer','task','vote','assessment','handover','acknowledgement','approval','lapse','advice')"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_wait_sense"), "wait", type_="check")
    op.create_check_constraint(op.f("ck_wait_sense"), "wait", SENSES)
    op.create_table(
        "decision_advice",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("wait_id", sa.BigInteger(), nullable=False),
        sa.Column("of_id", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_by", sa.BigInteger(), nullable=True),
        sa.Column("used", sa.Text(), nullable=True),
        sa.Column("used_note", sa.Text(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("because in ('about','below','above','named')", name=op.f("ck_decision_advice_because")),
        sa.CheckConstraint("stance in ('supports','concerns','objects')", name=op.f("ck_decision_advice_stance")),
        sa.CheckConstraint(
            "(stance is null) = (text is null) and (stance is null) = (given_at is null)"
            " and (stance is null) = (given_by is null)",
            name=op.f("ck_decision_advice_given"),
        ),
        sa.CheckConstraint("used in ('taken-up','partly','not')", name=op.f("ck_decision_advice_used")),
        sa.CheckConstraint(
            "(used is null) = (used_note is null) and (used is null or stance is not null)",
            name=op.f("ck_decision_advice_used_given"),
        ),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_advice_item_id_work_item")),
        sa.ForeignKeyConstraint(["wait_id"], ["wait.id"], name=op.f("fk_decision_advice_wait_id_wait")),
        sa.ForeignKeyConstraint(["of_id"], ["party.id"], name=op.f("fk_decision_advice_of_id_party")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_decision_advice_given_by_person")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_decision_advice_used_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_advice")),
    )
    op.create_index("ix_decision_advice_item", "decision_advice", ["item_id", "id"])
    op.create_index("ix_decision_advice_wait", "decision_advice", ["wait_id"], unique=True)
    op.create_table(
        "decision_objection",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state in ('open','integrated','withdrawn','overruled')", name=op.f("ck_decision_objection_state")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (settled_at is null) and (state = 'open') = (settled_by is null)",
            name=op.f("ck_decision_objection_settled"),
        ),
        sa.CheckConstraint(
            "state not in ('integrated','overruled') or settled is not null", name=op.f("ck_decision_objection_said")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["work_item.id"], name=op.f("fk_decision_objection_item_id_work_item")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_decision_objection_by_id_person")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_decision_objection_settled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_objection")),
    )
    op.create_index("ix_decision_objection_item", "decision_objection", ["item_id", "id"])
    op.add_column("decision", sa.Column("extended_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
