"""Units, posts, memberships and outsiders, as they are entered on pages and over the API."""

from typing import Any, Literal

from collab.core.forms import Code, Day, Email, Flag, Form, Line, PartyId, Short, Words

Level = Literal["organisation", "directorate", "department", "office", "team"]
MemberKind = Literal["head", "deputy", "acting", "member"]


class Named(Form):
    """A name in the organisation's own language and, where wanted, in the others."""

    name: Line
    name_en: Line | None = None
    name_el: Line | None = None
    name_fa: Line | None = None

    def names(self) -> dict[str, str]:
        """Locale → name, of those that were given."""
        given: dict[str, Any] = {"en": self.name_en, "el": self.name_el, "fa": self.name_fa}
        return {code: name for code, name in given.items() if name}


class UnitForm(Named):
    """What a unit is: code, names, level, and its working calendar if it differs from the one above."""

    code: Code
    level: Level = "department"
    calendar_id: PartyId | None = None


class NewUnitForm(UnitForm):
    """A unit that begins on a day, under another one or at the top."""

    parent_id: PartyId | None = None
    valid_from: Day
    valid_to: Day | None = None


class MoveForm(Form):
    """Under which unit it stands from a day on; none: at the top."""

    parent_id: PartyId | None = None
    on: Day


class CloseUnitForm(Form):
    """The first day without it, and the unit that takes over its people and the units under it."""

    on: Day
    into_id: PartyId | None = None


class MergeForm(Form):
    """The codes of the units that become part of another one (with commas), which that is, and the first day of it."""

    codes: Line
    into_id: PartyId
    on: Day


class Sure(Form):
    """Whether the numbers were seen and it is really to be done."""

    sure: Flag = False


class PostForm(Named):
    """A post in a unit."""

    kind: Literal["deputy", "member"] = "member"


class NewPostForm(PostForm):
    """A post that begins on a day."""

    unit_id: PartyId
    valid_from: Day


class CloseForm(Form):
    """The first day without it."""

    on: Day


class MembershipForm(Form):
    """Somebody belongs to a unit from a day on."""

    unit_id: PartyId
    kind: MemberKind = "member"
    post_id: PartyId | None = None
    main: bool = False
    valid_from: Day
    valid_to: Day | None = None


class OutsiderForm(Named):
    """An office, a company or a citizen outside the organisation."""

    email: Email | None = None
    phone: Short | None = None
    address: Line | None = None
    note: Words | None = None


class NewOutsider(Form):
    """Somebody outside who is named for the first time, with what is known of them.

    Who is known by this name already is meant, and only what was not known of them is added; `another`: somebody else
    of the same name.
    """

    name: Line
    email: Email | None = None
    phone: Short | None = None
    address: Line | None = None
    another: Flag = False
