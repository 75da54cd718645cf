"""The protocol of a desk on paper: as its reader may see it, in their language."""

from typing import Any

from collab.core.actor import Actor
from collab.core.i18n import _, comma
from collab.core.print import sheet_data
from collab.people.queries.house import frame

from ..queries import desk as desks
from ..queries.parties import names_of
from .marks import Words

WIDTHS = (0, 3, 2, 5, 3)


def protocol_sheet(who: Actor, one: desks.Protocol, parts: dict[str, str], outcomes: dict[str, str]) -> dict[str, Any]:
    """Who gave up what to whom, and who signed it. `parts`, `outcomes`: their words, by code."""
    words = Words(who)
    lines = desks.lines_of_protocol(who, one)
    ids = {one.person_id, one.unit_id, one.into_id, one.carried_by, one.head_signed_by}
    names = names_of(who, ids | {line.to_id for line in lines})
    person, unit = names.one(one.person_id).name, names.one(one.unit_id).name
    why = _("They leave the organisation")
    if one.into_id:
        moved = _("They go to another unit")
        why = f"{moved}: {names.one(one.into_id).name}"
    pairs = [
        (_("Whose desk it was"), person),
        (_("Unit"), unit),
        (_("Handed over"), f"{words.when(one.carried_at).whole}{comma()}{names.one(one.carried_by).name}"),
        (_("Why"), why),
        *([(_("Last day here"), words.day(one.last_day))] if one.last_day else []),
        *([(_("Belongs there from"), words.day(one.starts_on))] if one.starts_on else []),
        (_("Lines"), words.number(len(lines))),
        (_("No longer follows"), words.number(one.watched)),
    ]
    hidden = _("not yours to see")
    rows = [
        [
            words.number(place), parts[line.part], line.reference, line.title if line.seen else hidden,
            names.one(line.to_id).name if line.to_id else outcomes[line.outcome],
        ]
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    columns = [_("No."), _("Kind"), _("Reference"), _("Title"), _("Went to")]
    table = {"title": _("What was on it"), "columns": columns, "widths": WIDTHS, "rows": rows}
    empty = {"title": "", "parts": [{"lines": [_("The desk was empty.")], "rtl": who.locale == "fa"}]}
    return sheet_data(
        who.locale,
        _("Handover of the desk of %(name)s", name=person),
        head={"organisation": frame(who).organisation, "lines": [unit]},
        facts=[],
        sections=[{"title": "", "pairs": pairs}, table if rows else empty],
        signatures=[
            _signature(words, _("Whose desk it was"), person, one.person_signed_at, one.gone),
            _signature(
                words,
                _("For the unit"),
                names.one(one.head_signed_by).name if one.head_signed_by else "",
                one.head_signed_at,
            ),
        ],
        footer=_("Handover of the desk of %(name)s", name=person),
    )


def _signature(words: Words, label: str, name: str, at: Any, gone: bool = False) -> dict[str, str]:
    when = words.when(at).whole if at else _("was gone already; the head signs alone") if gone else ""
    return {"label": label, "name": name, "when": when}
