"""Labels, own fields, registers and saved views: what organisations add without code."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from collab.core.db import Base, Id


class Label(Base):
    """A word to sort by, of one unit or (without a unit) of the whole organisation."""

    __tablename__ = "label"

    id: Mapped[Id]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    folded: Mapped[str]

    __table_args__ = (Index("ix_label_name", "unit_id", "folded", unique=True, postgresql_nulls_not_distinct=True),)


class WorkItemLabel(Base):
    __tablename__ = "work_item_label"

    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id"), primary_key=True)

    __table_args__ = (Index("ix_work_item_label", "label_id", "item_id"),)


class Register(Base):
    """A kind of work item made without code, for a unit and below."""

    __tablename__ = "register"

    code: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    names: Mapped[dict[str, Any]] = mapped_column(JSONB)
    icon: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1", default=1)


class FieldDefinition(Base):
    """An own field of a kind, in a unit and below. Values stand in `work_item.fields` under its code."""

    __tablename__ = "field_definition"

    id: Mapped[Id]
    item_kind: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str]
    names: Mapped[dict[str, Any]] = mapped_column(JSONB)
    type: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    filterable: Mapped[bool] = mapped_column(server_default="false", default=False)
    position: Mapped[int] = mapped_column(server_default="0", default=0)
    retired_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_field_definition_code",
            "item_kind",
            "unit_id",
            "code",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )


class FieldIndex(Base):
    """The value of a filterable field, typed and indexed: one row per item and field."""

    __tablename__ = "field_index"

    field_id: Mapped[int] = mapped_column(ForeignKey("field_definition.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    words: Mapped[str | None]
    number: Mapped[int | None]
    moment: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_field_index_words", "field_id", "words"),
        Index("ix_field_index_number", "field_id", "number"),
        Index("ix_field_index_moment", "field_id", "moment"),
    )


class SavedView(Base):
    """A query of one of the lists with its order and groups, kept by a person and perhaps shared with a unit.

    `filter` is `{"tree": …, "order": …, "group": …}`.
    """

    __tablename__ = "saved_view"

    id: Mapped[Id]
    owner_id: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    name: Mapped[str]
    layout: Mapped[str]
    filter: Mapped[dict[str, Any]] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(server_default="1", default=1)
    list: Mapped[str] = mapped_column(server_default="work-items", default="work-items")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))

    __table_args__ = (
        CheckConstraint("layout in ('table','board','calendar','timeline')", name="layout"),
        Index("ix_saved_view_unit", "unit_id", postgresql_where="unit_id is not null"),
    )


class SavedViewPin(Base):
    """A view stands in somebody's sidebar."""

    __tablename__ = "saved_view_pin"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_view.id", ondelete="CASCADE"), primary_key=True)
