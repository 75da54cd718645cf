"""The list of meetings, the page of one, its calendar file and its minutes on paper."""

from typing import Any, Final

from flask import Response, current_app, make_response, request

from collab.core.errors import Conflict
from collab.core.forms import parse
from collab.core.i18n import LOCALES, N_, _
from collab.messaging.owners import Owner
from collab.messaging.pages import talk_of
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, known_of, show
from collab.work.reactions import ITEM
from collab.work.views.attached import files_of
from collab.work.views.marks import Words

from .. import commands, queries
from ..calendars import as_calendar
from ..forms import MeetingList, PrintMeeting
from ..papers import sheet_of_minutes, sheet_of_public
from ..queries import Found, Line
from ..shown import held_at, shown
from ..shown_further import questions_shown, series_shown
from ..words import NOT_BEGUN, PRESENCES, REPLIES, STAGE_ICONS, STAGE_STATES, STAGES
from . import pages

WAYS: Final = {"coming": N_("Coming"), "minutes": N_("Minutes to be approved"), "past": N_("Past")}
EMPTY: Final = {
    "coming": (N_("No meeting is planned"), N_("Meetings you may see stand here, the next one first.")),
    "minutes": (N_("No minutes wait"), N_("Meetings that are over stand here until their chair approves the minutes.")),
    "past": (N_("No meeting was held yet"), N_("Meetings that are over stand here with their minutes.")),
}
TABS: Final = {
    "agenda": N_("Agenda and minutes"),
    "questions": N_("Questions"),
    "people": N_("Attendance"),
    "talk": N_("Talk and files"),
}

NOT_OPEN_TO_ALL: Final = N_("This meeting is not open to citizens: its minutes stay in the house.")


@door(pages, "GET /meetings", query=MeetingList)
def meetings() -> Response:
    """The meetings: coming, with minutes to be approved, past."""
    who, wanted = actor(), known_of(MeetingList)
    page, words = queries.meetings(who, wanted), Words(who)
    here = f"/meetings?which={wanted.which}&whose={wanted.whose}"
    rows = [
        {
            "href": f"/meetings/{line.reference}", "it": line, "when": words.when(held_at(line)),
            "stage": _(_said_of(line, wanted)),
            "icon": STAGE_ICONS[line.stage], "state": STAGE_STATES[line.stage],
        }
        for line in page.items
    ]  # fmt: skip
    return show(
        "meetings/list.html",
        fragment="meetings/_rows.html",
        ways=[(code, _(label), f"/meetings?which={code}&whose={wanted.whose}") for code, label in WAYS.items()],
        wanted=wanted,
        here=here,
        rows=rows,
        following=f"{here}&after={page.next}" if page.next else None,
        empty=tuple(_(text) for text in EMPTY[wanted.which]),
    )


def _said_of(line: Line, wanted: MeetingList) -> str:
    """Its stage; among what is past, of what was not begun that."""
    return NOT_BEGUN if wanted.which == "past" and line.stage == "planned" else STAGES[line.stage]


@door(pages, "GET /meetings/<ref:item>")
def meeting(item: str) -> Response:
    """One meeting: its agenda with the minutes, who is there, the talk."""
    return full(queries.find_meeting(actor(), item), request.args.get("tab", ""), {}, 200)


def full(found: Found, wanted: str, errors: dict[str, list[str]], status: int) -> Response:
    """The page, with what was wrong."""
    who, tab = actor(), wanted if wanted in TABS else "agenda"
    page = shown(who, found)
    more: dict[str, Any] = {"series": series_shown(who, found)}
    if tab in ("agenda", "questions") or page.approves:
        more["questions"] = questions_shown(found, page.runs)
    if tab == "talk":
        base = f"/work-items/{found.reference}"
        more |= {
            "talk": talk_of(who, Owner(ITEM, found.id), f"{base}/messages"),
            "files": files_of(who, found.id, base),
        }
    return show(
        "meetings/meeting.html",
        status=status,
        page=page,
        tab=tab,
        tabs=[(code, _(label), f"{page.href}?tab={code}") for code, label in TABS.items()],
        replies=[(code, _(label)) for code, label in REPLIES.items()],
        presences=[(code, _(label)) for code, label in PRESENCES.items()],
        languages=[(code, name, code == who.locale) for code, name in LOCALES.items()],
        errors=errors,
        **more,
    )


@door(pages, "GET /meetings/<ref:item>/calendar")
def calendar(item: str) -> Response:
    """The meeting as a file for calendar programs."""
    found = queries.find_meeting(actor(), item)
    return sent_calendar(found)


def sent_calendar(found: Found) -> Response:
    data = as_calendar(found, queries.points_of(actor(), found), current_app.config["COLLAB_URL"])
    headers: dict[str, Any] = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{found.reference}.ics"',
    }
    return make_response(data, 200, headers)


@door(pages, "POST /meetings/<ref:item>/paper", takes=PrintMeeting)
def print_minutes(item: str) -> Response:
    """Ask for the minutes as PDF, in a language of one's choice."""
    found, form = queries.find_meeting(actor(), item), parse(PrintMeeting, entered())
    try:
        return go(f"/papers/{paper_of(found, form)}?back=/meetings/{found.reference}")
    except Conflict as problem:
        return full(found, "", {"": [problem.sentence()]}, problem.status)


def paper_of(found: Found, form: PrintMeeting) -> int:
    """The paper that was asked for."""
    who = actor()
    if form.public and not found.open:
        raise Conflict(_(NOT_OPEN_TO_ALL))
    made = sheet_of_public if form.public else sheet_of_minutes
    sheet, name = made(who, found, form.language or who.locale)
    return commands.print_minutes(who, found.id, sheet, name)
