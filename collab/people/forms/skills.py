"""Skills, as they are entered on pages and over the API."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from collab.core.forms import Code, Day, Flag, Form, Line, PartyId, Search

from .organisation import Named

Family = Literal["licence", "language", "training", "safety", "other"]


def _number(value: object) -> object:
    return int(value) if isinstance(value, str) and value in ("1", "2", "3", "4") else value


Level = Annotated[int, BeforeValidator(_number), Field(ge=1, le=4, strict=True)]


class SkillForm(Named):
    """A skill of the organisation's list: names, family, whether it expires and needs a certificate."""

    family: Family = "training"
    expires: Flag = False
    evidence: Flag = False


class HeldForm(Form):
    """What is known of somebody's skill: level from 1 to 4, since when, certificate, and the last day it holds."""

    level: Level
    since: Day | None = None
    number: Line | None = None
    issuer: Line | None = None
    expires_on: Day | None = None


class NewHeldForm(HeldForm):
    """A skill of somebody."""

    skill_id: PartyId


class RequirementForm(Form):
    """What a post requires: a skill of the list at a least level; `must` or merely good to have."""

    skill_id: PartyId
    level: Level = 1
    must: Flag = False


class SkillsQuery(Form):
    """Words of any of its names, in any language."""

    text: Search = ""


class WhoForm(Form):
    """Who can do it: up to three skills, each chosen by its id or by words, with least levels; in a unit and below."""

    skill_1: PartyId | None = None
    text_1: Search = ""
    level_1: Level = 1
    skill_2: PartyId | None = None
    text_2: Search = ""
    level_2: Level = 1
    skill_3: PartyId | None = None
    text_3: Search = ""
    level_3: Level = 1
    unit: Code | None = None
