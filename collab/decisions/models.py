"""Decisions: the question with its options, who is entitled, what they said, and what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, SmallInteger, cast, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id

STAGES = ("draft", "discussion", "open", "closed", "decided", "carried-out", "superseded", "cancelled")
LEVELS = ("open", "confidential")
SUBSTITUTES = ("nobody", "substitute")


class Decision(Base):
    """What a decision has beyond every work item. Question and explanation are the item's title and body.

    `electorate` is the query of the tree, `rule` the card by which is counted; both are frozen when it opens, the rule
    under `rule_hash`, and `seed_hash` commits to the `seed` by which a lot would be drawn. `public_key` and
    `sealed_key` exist while a confidential vote runs and are destroyed with its close.
    `substitutes`: who votes for somebody who is away. `proxies`: how many others one person may vote for.
    """

    __tablename__ = "decision"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(server_default="draft", default="draft")
    level: Mapped[str] = mapped_column(server_default="open", default="open")
    preset: Mapped[str]
    rule: Mapped[dict[str, Any]] = mapped_column(JSONB)
    rule_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_words: Mapped[str | None] = mapped_column(deferred=True)  # what `rule_hash` is of (frozen.py)
    electorate: Mapped[dict[str, Any]] = mapped_column(JSONB)
    substitutes: Mapped[str] = mapped_column(server_default="nobody", default="nobody")
    proxies: Mapped[int] = mapped_column(SmallInteger, server_default="0", default=0)
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    chair_post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))  # … which they held when it opened
    chair_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))  # … and where
    chair_was_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # who chaired before, and left
    seed: Mapped[bytes | None] = mapped_column(LargeBinary)
    seed_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    public_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closes_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # where it was closed before its hour
    extended_at: Mapped[datetime | None]  # when the rule gave it more time, which it does once
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    chosen: Mapped[dict[str, Any] | None] = mapped_column(JSONB)  # the chair's word where the rule left a tie
    outcome: Mapped[str | None]
    outcome_at: Mapped[datetime | None]
    outcome_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revisit_on: Mapped[date | None]
    revisit_when: Mapped[str | None]  # what else would be a reason to look again, in words
    revisit_after_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))  # … or once that item is finished
    revisit_wait_id: Mapped[int | None] = mapped_column(ForeignKey("wait.id"))  # that it has come to somebody's day
    looked_at: Mapped[datetime | None]  # when somebody last looked again and found that it stands
    looked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    looked_note: Mapped[str | None]
    revises_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))  # the decision whose place it takes
    ended_reason: Mapped[str | None]
    unopened: Mapped[str | None]  # why its ballots were not opened, so that it ended without an outcome
    superseded_by: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))

    __table_args__ = (
        CheckConstraint(
            "stage in ('draft','discussion','open','closed','decided','carried-out','superseded','cancelled')",
            name="stage",
        ),
        CheckConstraint("level in ('open','confidential')", name="level"),
        CheckConstraint("unopened in ('few-entitled','few-ballots','key-lost')", name="unopened"),
        CheckConstraint("substitutes in ('nobody','substitute')", name="substitutes"),
        CheckConstraint("proxies between 0 and 10", name="proxies"),
        CheckConstraint("(sealed_key is null) = (public_key is null)", name="keys"),
        CheckConstraint("stage <> 'open' or (rule_hash is not null and closes_at is not null)", name="opened"),
        Index(
            "ix_decision_chaired",
            "stage",
            postgresql_where="chair_id is not null and stage in ('open', 'closed')",
        ),
        Index("ix_decision_closes", "closes_at", postgresql_where="stage = 'open'"),
        Index("ix_decision_remind", "remind_at", postgresql_where="stage = 'open' and remind_at is not null"),
        Index("ix_decision_revisit", "revisit_on", postgresql_where="revisit_on is not null"),
        Index("ix_decision_revisit_after", "revisit_after_id", postgresql_where="revisit_after_id is not null"),
        Index("ix_decision_revises", "revises_id", postgresql_where="revises_id is not null"),
        Index("ix_decision_superseded", "superseded_by", postgresql_where="superseded_by is not null"),
    )


class DecisionOption(Base):
    """One of the things that may be chosen. `cost` counts where a budget is shared out; whoever has to do with the item
    `about_id` is asked whether they stand aside."""

    __tablename__ = "decision_option"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    position: Mapped[int]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(server_default="", default="")
    cost: Mapped[int | None]
    about_id: Mapped[int | None] = mapped_column(ForeignKey("work_item.id"))

    __table_args__ = (
        CheckConstraint("cost is null or cost >= 0", name="cost"),
        Index("ix_decision_option_about", "about_id", postgresql_where="about_id is not null"),
        Index("ix_decision_option", "item_id", "position"),
    )


class DecisionArgument(Base):
    """Somebody speaks for or against an option; without one for or against the question itself."""

    __tablename__ = "decision_argument"

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"))
    option_id: Mapped[int | None] = mapped_column(ForeignKey("decision_option.id"), index=True)
    side: Mapped[str]
    text: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("side in ('for','against')", name="side"),
        Index("ix_decision_argument", "item_id", "id"),
    )


class Roll(Base):
    """One person on the roll of a decision, as it stood at the moment of opening: entitled, or left out and why.

    `because` is the code of the reason and `of_id` the unit or post it is about. `choice` is the ballot of an open
    vote; of a confidential one only the sealed `envelope` with its `receipt` stand here, until the close takes both
    away. `cast_by` differs from the person where a proxy or substitute voted. `proposed`: what options are about that
    they had to do with at the opening; it stands here whether or not they stand aside, and `stayed_at` where they said
    that they take part.
    """

    __tablename__ = "decision_roll"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    because: Mapped[str]
    of_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    left_out: Mapped[str | None]
    weight: Mapped[int] = mapped_column(server_default="1", default=1)
    recused_at: Mapped[datetime | None]
    recused_reason: Mapped[str | None]
    proposed: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    stayed_at: Mapped[datetime | None]
    cast_at: Mapped[datetime | None]
    cast_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    choice: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    envelope: Mapped[bytes | None] = mapped_column(LargeBinary)
    receipt: Mapped[bytes | None] = mapped_column(LargeBinary)
    dissent: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("weight between 1 and 1000", name="weight"),
        CheckConstraint("choice is null or envelope is null", name="one_form"),
        CheckConstraint("(cast_at is null) = (cast_by is null)", name="cast"),
        CheckConstraint("left_out is null or (cast_at is null and recused_at is null)", name="left_out"),
        CheckConstraint("recused_at is null or (cast_at is null and stayed_at is null)", name="recused"),
        Index("ix_decision_roll_person", "person_id", "item_id"),
    )


def votes_of(*which: Any) -> Any:
    """The votes of the lines of a roll for which this holds, in SQL: each counts as often as it weighs."""
    return func.coalesce(cast(func.sum(Roll.weight).filter(*which) if which else func.sum(Roll.weight), Integer), 0)


class Proxy(Base):
    """Somebody entitled lets another entitled person vote for them; it counts once that one has accepted."""

    __tablename__ = "decision_proxy"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    principal_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    wait_id: Mapped[int | None] = mapped_column(ForeignKey("wait.id"))  # what is expected of the holder

    __table_args__ = (
        CheckConstraint("principal_id <> holder_id", name="not_self"),
        CheckConstraint("(accepted_at is null) = (wait_id is null)", name="awaited"),
        Index("ix_decision_proxy_holder", "item_id", "holder_id"),
    )


class SecretBallot(Base):
    """What was in one envelope of a closed confidential vote, under an id drawn by lot: nothing leads to a voter."""

    __tablename__ = "decision_ballot"

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), index=True)
    choice: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Receipt(Base):
    """The receipts of a closed confidential vote, in their own order: each voter finds theirs, nobody another's."""

    __tablename__ = "decision_receipt"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    receipt: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)


class FollowUp(Base):
    """A task that was made to carry a decision out."""

    __tablename__ = "decision_follow_up"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)

    __table_args__ = (Index("ix_decision_follow_up_task", "task_id"),)
