"""The roll inside a command: every line of it, and who may vote."""

from sqlalchemy import select

from collab.core.envelope import session

from .models import Roll


def roll_of(item_id: int) -> list[Roll]:
    return list(session().scalars(select(Roll).where(Roll.item_id == item_id).order_by(Roll.person_id)))


def entitled_of(lines: list[Roll]) -> tuple[list[Roll], list[Roll]]:
    """Those who may vote, and those of them who have."""
    entitled = [line for line in lines if line.left_out is None and line.recused_at is None]
    return entitled, [line for line in entitled if line.cast_at is not None]
