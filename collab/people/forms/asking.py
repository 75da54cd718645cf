"""What is asked of lists over the API: words, a place in the list, and how many."""

from typing import Annotated

from pydantic import Field

from collab.core.forms import Day, Form, PartyId, Search

from ..accounts import Account

Limit = Annotated[int, Field(ge=1, le=200)]


class ListQuery(Form):
    """Words to find, the cursor of the page before, and how many lines."""

    text: Search = ""
    after: str | None = None
    limit: Limit = 50


class DayQuery(Form):
    """The day as on which it is asked; none: today."""

    on: Day | None = None


class UnitsQuery(ListQuery):
    """Units, as on a day when given."""

    on: Day | None = None


class PeopleQuery(ListQuery):
    """People, of one unit and below when given; `closed` for those whose accounts are closed, `account` for those who
    were not invited yet or were and have no password yet."""

    unit_id: PartyId | None = None
    closed: bool = False
    account: Account = ""


class PostsQuery(ListQuery):
    """Posts, of one unit when given."""

    unit_id: PartyId | None = None


class PartiesQuery(Form):
    """What was typed to choose a party, and of which kinds (with commas)."""

    text: Search = ""
    kinds: Search = ""
    limit: Annotated[int, Field(ge=1, le=50)] = 20
