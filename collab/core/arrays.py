"""How ids are sent to the database: psycopg looks at each of the 400 units of a mayor for what would have to be quoted,
which costs as much as everything else that is done to ask."""

from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.types.array import ListDumper


class NumbersAtOnce(ListDumper):
    """Lists of whole numbers are written in one go; all others as psycopg writes them."""

    def dump(self, obj: list[Any]) -> Buffer | None:
        if set(map(type, obj)) == {int}:
            return f"{{{','.join(map(str, obj))}}}".encode()
        return super().dump(obj)


def install() -> None:
    """For every connection that is made from now on."""
    psycopg.adapters.register_dumper(list, NumbersAtOnce)
