"""Who gets in where: every route × method, decided for every role.

A row names who may (`ok`) and who sees the thing but may not do that (`seen`: 403); for everybody else signed in it
does not exist (404). Whoever is not signed in is led to the sign-in page, or gets 401 from the API.

Keys are routes with their values in braces; `uses` replaces a value by another of the scene.
"""

from dataclasses import dataclass, field
from typing import Any

EVERYONE = frozenset(
    [
        "stranger",
        "colleague",
        "participant",
        "offered",
        "holder",
        "head",
        "substitute",
        "auditor",
        "administrator",
        "ex_member",
    ]
)
NOBODY: frozenset[str] = frozenset()
SEES = frozenset(["colleague", "participant", "holder", "head", "substitute", "auditor"])
SEES_OWN = SEES - {"participant"}  # items on which nobody of another unit was asked
SEES_OFFERED = SEES | {"offered"}
CHANGES = frozenset(["holder", "head", "substitute"])
TALKS = SEES - {"auditor"}
ASKED = frozenset(["colleague", "holder", "head", "substitute"])  # of the unit that asked
KEEPS = frozenset(["holder", "head"])  # who may change a view shared with the unit
ADMINISTRATOR, HOLDER, HEAD = frozenset({"administrator"}), frozenset({"holder"}), frozenset({"head"})
WRITES = EVERYONE - {"auditor"}
RULES = frozenset(["administrator", "head"])  # of PARKS, where the rules of the scene hold
SEES_FIGURES = frozenset(["colleague", "holder", "head", "substitute", "auditor"])  # of PARKS
SEES_DESK = frozenset(["holder", "head", "administrator"])  # of Eleni, the holder
READS_PROTOCOL = SEES_DESK
IN_GROUP = frozenset(["holder", "participant"])
OF_UNIT = frozenset(["colleague", "holder", "head", "substitute"])  # who reads the conversation of PARKS
MAY_COPY = frozenset(["head", "auditor"])  # of the conversation of the item
SUBSCRIPTION = {
    "endpoint": "https://push.example.net/another", "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
}  # fmt: skip
RULE = {"name": "Permit", "allowed": 50}


@dataclass(frozen=True)
class Row:
    """One door. `body` is valid; numbers in braces are filled from the scene. `sends`: it takes a file."""

    ok: frozenset[str]
    seen: frozenset[str] = NOBODY
    body: dict[str, Any] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)
    sends: bool = False


def reads(*paths: str, ok: frozenset[str] = EVERYONE, seen: frozenset[str] = NOBODY) -> dict[str, Row]:
    return {f"GET {path}": Row(ok, seen) for path in paths}


def viewing(base: str) -> dict[str, Row]:
    """Saved views: the scene's is the holder's, shared with the unit."""
    return {
        f"GET {base}": Row(EVERYONE),
        f"POST {base}": Row(EVERYONE, NOBODY, {"name": "Mine", "query": "holder:me"}),
        f"GET {base}/{{view}}": Row(ASKED),
        f"PATCH {base}/{{view}}": Row(KEEPS, ASKED - KEEPS, {"name": "Other"}),
        f"DELETE {base}/{{view}}": Row(KEEPS, ASKED - KEEPS),
        f"PUT {base}/{{view}}/pin": Row(ASKED),
        f"DELETE {base}/{{view}}/pin": Row(ASKED),
        f"GET {base}/{{view}}/feed": Row(NOBODY if base.startswith("/api") else ASKED),
        f"PUT {base}/{{view}}/feed": Row(ASKED),
        f"DELETE {base}/{{view}}/feed": Row(ASKED),
        f"GET {base}/{{view}}/subscription": Row(NOBODY if base.startswith("/api") else ASKED),
        f"PUT {base}/{{view}}/subscription": Row(ASKED, NOBODY, {"rhythm": "week", "hour": 7}),
        f"DELETE {base}/{{view}}/subscription": Row(ASKED),
    }


def by_mail(path: str, may: frozenset[str]) -> dict[str, Row]:
    """The address under which an e-mail answers: the scene's question to somebody outside has none yet."""
    outside = {"wait": "outside_wait"}
    shown = Row(NOBODY, NOBODY, {}, outside) if path.startswith("/api") else Row(may, SEES - may, {}, outside)
    return {
        f"GET {path}": shown,
        f"PUT {path}": Row(may, SEES - may, {}, outside),
        f"DELETE {path}": Row(may, SEES - may, {}, outside),
    }


def list_jobs(base: str) -> dict[str, Row]:
    """Changes and sheets of whole lists: the scene's is the holder's, done a moment ago."""
    return {
        f"GET {base}": Row(EVERYONE),
        f"GET {base}/{{job}}": Row(HOLDER),
        f"GET {base}/{{job}}/sheet": Row(NOBODY),
        f"POST {base}/{{job}}/undo": Row(HOLDER),
        f"POST {base}/edits": Row(EVERYONE, NOBODY, {"act": "done", "dry_run": True}),
        f"POST {base}/sheets": Row(EVERYONE, NOBODY, {"format": "csv"}),
    }


def others(path: str) -> frozenset[str]:
    return EVERYONE - ADMINISTRATOR if path.startswith("/api/") else NOBODY


def administered(path: str, routes: dict[str, dict[str, Any]]) -> dict[str, Row]:
    """Doors of administrators alone. Their pages do not exist for others; what the API changes all may see."""
    return {
        f"{route.split(' ')[0]} {path}{route.split(' ')[1]}": Row(ADMINISTRATOR, others(path), body)
        for route, body in routes.items()
    }


def bots(path: str, told: frozenset[str]) -> dict[str, Row]:
    """Programs are made, given tokens and ended by administrators. `told`: who learns that this may be done at all."""
    one, token = f"{path}/{{bot}}", {"name": "Pump", "scopes": ["read"], "days": 7}
    if path.startswith("/administration"):
        token = {"name": "Pump", "scopes[]": "read", "days": "7"}
    return {
        **reads(path, one, ok=ADMINISTRATOR),
        f"POST {path}": Row(ADMINISTRATOR, told, {"name": "Pump"}),
        f"PUT {one}": Row(ADMINISTRATOR, NOBODY, {"name": "Pump"}),
        f"DELETE {one}": Row(ADMINISTRATOR),
        f"POST {one}/tokens": Row(ADMINISTRATOR, NOBODY, token),
        f"DELETE {one}/tokens/{{token}}": Row(ADMINISTRATOR, uses={"token": "bot_token"}),
    }


def under(base: str) -> dict[str, Row]:
    """What hangs on an item: the same on its page and under each noun of the API."""
    rest, done, tray = SEES - CHANGES, {"item": "done_item"}, {"item": "tray_item"}
    silent = frozenset({"auditor"})
    return {
        f"POST {base}/beginning": Row(CHANGES, rest),
        f"POST {base}/cancellation": Row(CHANGES, rest, {"reason": "Given up"}),
        f"POST {base}/completion": Row(CHANGES, rest),
        f"DELETE {base}/completion": Row(CHANGES, SEES_OWN - CHANGES, {}, done),
        f"POST {base}/handovers": Row(CHANGES, rest, {"to": "{LEGAL}", "note": "x"}),
        f"PUT {base}/holder": Row(HEAD, SEES - HEAD, {"holder": "{Giorgos}"}),
        f"POST {base}/messages": Row(TALKS, silent, {"text": "x", "nonce": "nonce-12345"}),
        f"POST {base}/taking": Row(SEES_OWN - silent, silent, {}, tray),
        f"POST {base}/waits": Row(TALKS, silent, {"of": "{Sofia}", "what": "x"}),
        f"POST {base}/watchers": Row(TALKS, silent),
        f"DELETE {base}/watchers": Row(TALKS, silent),
        f"POST {base}/files": Row(TALKS, silent, sends=True),
        **reads(f"{base}/files", f"{base}/files/archive", f"{base}/history", f"{base}/messages", ok=SEES),
    }


def taking_off(base: str) -> dict[str, Row]:
    """Giorgos is taken off an item for named people, which Eleni holds: the two see it."""
    uses = {"item": "named_item", "person": "named_person"}
    return {f"DELETE {base}/named-people/{{person}}": Row(HOLDER, frozenset({"colleague"}), {}, uses)}


def read_under(base: str) -> dict[str, Row]:
    return reads(f"{base}/handovers", f"{base}/intervals", f"{base}/waits", ok=SEES)


def decided(base: str) -> dict[str, Row]:
    """Offers, waits, messages and notifications, under the root of pages or of the API."""
    to, asked = frozenset({"offered"}), frozenset({"participant"})
    return {
        f"POST {base}/handovers/{{handover}}/acceptance": Row(to, SEES_OFFERED - to),
        f"POST {base}/handovers/{{handover}}/return": Row(to, SEES_OFFERED - to, {"reason": "Not ours"}),
        f"DELETE {base}/handovers/{{handover}}": Row(HOLDER | HEAD, SEES_OFFERED - HOLDER - HEAD),
        f"POST {base}/waits/{{wait}}/answer": Row(asked, SEES - asked, {"text": "Sent."}),
        f"POST {base}/waits/{{wait}}/nudges": Row(ASKED, SEES - ASKED),
        f"POST {base}/waits/{{wait}}/escalations": Row(ASKED, SEES - ASKED, {"reason": "Nothing came"}),
        f"POST {base}/waits/{{wait}}/taking": Row(asked, SEES_OFFERED - asked, {}, {"wait": "tray_wait"}),
        f"DELETE {base}/waits/{{wait}}": Row(HOLDER | HEAD, SEES - HOLDER - HEAD),
        **by_mail(f"{base}/waits/{{wait}}/answer-address", HOLDER | HEAD),
        f"POST {base}/facts/{{fact}}/undo": Row(HOLDER, SEES_OFFERED - HOLDER),
        f"GET {base}/waits/{{wait}}": Row(SEES),
        f"PUT {base}/waits/{{wait}}/snooze": Row(asked, SEES - asked, {"until": "2031-03-02"}),
        f"DELETE {base}/waits/{{wait}}/snooze": Row(asked, SEES - asked),
        **reads(f"{base}/messages/{{message}}", f"{base}/messages/{{message}}/thread", ok=SEES),
        f"PUT {base}/messages/{{message}}/thread/following": Row(SEES),
        f"DELETE {base}/messages/{{message}}/thread/following": Row(SEES),
        f"PUT {base}/messages/{{message}}/thread/draft": Row(SEES, NOBODY, {"text": "Not sent yet"}),
        f"GET {base}/messages/{{message}}/versions": Row(SEES),
        f"PUT {base}/messages/{{message}}/signs/{{sign}}": Row(TALKS, SEES - TALKS),
        f"DELETE {base}/messages/{{message}}/signs/{{sign}}": Row(TALKS, SEES - TALKS),
        f"PUT {base}/messages/{{message}}/receipt": Row(NOBODY, SEES),
        f"GET {base}/messages/{{message}}/receipts": Row(NOBODY),
        f"POST {base}/messages/{{message}}/receipts/nudges": Row(NOBODY, SEES),
        f"PUT {base}/messages/{{message}}/reminder": Row(SEES, NOBODY, {"when": "hour"}),
        f"POST {base}/messages/{{message}}/forwarding": Row(IN_GROUP, NOBODY, {"talk": "{group}", "nonce": "passed-1"}),
        f"PUT {base}/messages/{{message}}/pin": Row(TALKS, SEES - TALKS),
        f"DELETE {base}/messages/{{message}}/pin": Row(TALKS, SEES - TALKS),
        f"PUT {base}/messages/{{message}}/hiding": Row(HEAD, SEES - HEAD, {"reason": "Names a citizen"}),
        f"DELETE {base}/messages/{{message}}/hiding": Row(HEAD, SEES - HEAD),
        f"GET {base}/messages/{{message}}/hidden-text": Row(NOBODY),  # nobody hid it
        f"PUT {base}/conversations/{{conversation}}/draft": Row(SEES, NOBODY, {"text": "Not sent yet"}),
        f"DELETE {base}/messages/{{message}}": Row(HOLDER, SEES - HOLDER),
        f"GET {base}/files/{{file}}": Row(SEES),
        f"GET {base}/files/{{file}}/content": Row(SEES),
        f"DELETE {base}/files/{{file}}": Row(HOLDER | HEAD, SEES - HOLDER - HEAD),
        f"POST {base}/files": Row(WRITES, frozenset({"auditor"}), sends=True),
        f"PUT {base}/conversations/{{conversation}}/read-state": Row(SEES, NOBODY, {"seq": 1}),
        f"DELETE {base}/notifications/{{notification}}": Row(HOLDER),
        f"GET {base}/notifications/{{notification}}": Row(HOLDER),
        f"PATCH {base}/notifications/{{notification}}": Row(HOLDER, NOBODY, {"read": True}),
        f"PUT {base}/notifications/{{notification}}/snooze": Row(HOLDER, NOBODY, {"until": "2031-03-02"}),
    }


UNIT = {"name": "Parks and trees", "code": "GREEN"}
CALENDAR = {"name": "Another", "country": "GR"}
ABSENCE = {"first_day": "2031-03-02", "last_day": "2031-03-09"}
OUTSIDER = {"name": "Water company"}
ITEM = {"title": "Something new", "unit": "{own_unit}"}
ON_AGENDA = {"title": "Something new", "meeting": "{planned_meeting}"}
MEMBERSHIP = {"unit_id": "{ROADS}", "valid_from": "2026-01-01"}
NEW_POST = {"unit_id": "{PARKS}", "name": "Gardener", "valid_from": "2026-01-01"}
SPLIT = {"on": "2031-01-01", "parts": [{"code": "HALF", "name": "Half"}], "goes": ["tray-0:1"]}
SPLIT_TYPED = {"on": "2031-01-01", "p0_unit_id": "{LEGAL}", "goes[]": "tray-0:1"}
NEW_UNIT = {**UNIT, "code": "NEW", "valid_from": "2026-01-01"}
NEW_PERSON = {"name": "Nefeli Arda", "email": "nefeli@city.example"}
CORRECTION = {"day": "2031-05-05", "name": "Feast of the city"}
ABSENT_HEADS = HOLDER | HEAD | ADMINISTRATOR


def organisation(base: str, people: str, units: str, posts: str) -> dict[str, Row]:
    """What administrators change, under the root of pages or of the API."""
    return {
        **administered(people, {
            "POST ": NEW_PERSON,
            "PUT /{person}": {"name": "Eleni M.", "email": "eleni@city.example"},
            "POST /{person}/deactivation": {"sure": "on"} if people.startswith("/adm") else {},
            "POST /invitations": {"sure": "on"} if people.startswith("/adm") else {},
            "POST /{person}/invitations": {}, "POST /{person}/memberships": MEMBERSHIP, "PUT /{person}/roles": {},
        }),
        f"DELETE {people}/{{person}}/deactivation": Row(ADMINISTRATOR, others(people), uses={"person": "inactive"}),
        **administered(units, {
            "POST ": NEW_UNIT, "PUT /{unit}": UNIT, "POST /{unit}/closure": {"on": "2031-01-01", "into_id": "{ADMIN}"},
            "POST /{unit}/moves": {"parent_id": "{ADMIN}", "on": "2031-01-01"},
            "POST /{unit}/splits": SPLIT_TYPED if base == "/administration" else SPLIT,
        }),
        **administered(base, {"DELETE /unit-splits/{unit_split}": {}, "DELETE /unit-plans/{unit_plan}": {}}),
        **administered(f"{base}/unit-merges", {
            "POST ": {"codes": "PARKS", "into_id": "{ADMIN}", "on": "2031-01-01"},
        }),
        **administered(posts, {
            "POST ": NEW_POST, "PUT /{post}": {"name": "Head gardener"},
        }),
        f"POST {posts}/{{post}}/closure": Row(
            ADMINISTRATOR, others(posts), {"on": "2031-01-01"}, {"post": "plain_post"}
        ),
        **administered(f"{base}/memberships", {
            "POST /{membership}/end": {"on": "2031-01-01"}, "PUT /{membership}/main": {},
        }),
    }  # fmt: skip


def conversations(base: str) -> dict[str, Row]:
    """A group of the holder and the participant, and one open to all, under the root of pages or of the API."""
    path, group, open_group = f"{base}/conversations", {"conversation": "group"}, {"conversation": "open_group"}
    read = IN_GROUP - HOLDER
    return {
        f"GET {path}": Row(EVERYONE),
        **reads(f"{path}/joinable", f"{path}/missed", f"{path}/heads"),
        f"POST {path}": Row(WRITES, frozenset({"auditor"}), {"kind": "group", "title": "Flood"}),
        f"PUT {path}/{{conversation}}": Row(IN_GROUP, NOBODY, {"title": "Other"}, group),
        f"POST {path}/{{conversation}}/members": Row(IN_GROUP, NOBODY, {"party": "{Sofia}"}, group),
        f"DELETE {path}/{{conversation}}/members/{{party}}": Row(HOLDER, read, {}, group | {"party": "Sofia"}),
        f"GET {path}/{{conversation}}/webhooks": Row(HOLDER, read, {}, group),
        f"POST {path}/{{conversation}}/webhooks": Row(HOLDER, read, {"name": "Pump"}, group),
        f"DELETE {path}/{{conversation}}/webhooks/{{webhook}}": Row(HOLDER, read, {}, group),
        f"POST {path}/{{conversation}}/closure": Row(HOLDER, read, {}, group),
        f"DELETE {path}/{{conversation}}/closure": Row(HOLDER, read, {}, group),
        f"POST {path}/{{conversation}}/joining": Row(WRITES, NOBODY, {}, open_group),
        f"GET {path}/{{conversation}}/copies": Row(MAY_COPY, SEES - MAY_COPY),
        f"POST {path}/{{conversation}}/copies": Row(MAY_COPY, SEES - MAY_COPY),
        f"GET {base}/conversation-copies/{{copy}}/content": Row(NOBODY),  # it is not made yet
        f"PUT {path}/{{conversation}}/hearing": Row(SEES, NOBODY, {"level": "all"}),
        **({f"{verb} {path}/{{conversation}}/silence": Row(SEES) for verb in ("PUT", "DELETE")} if base else {}),
        f"PUT {path}/{{conversation}}/unread": Row(SEES, NOBODY, {"seq": 1}),
        f"POST {path}/{{conversation}}/later": Row(
            TALKS, frozenset({"auditor"}), {"text": "Good morning", "when": "tomorrow"}
        ),
        f"DELETE {base}/later-messages/{{later}}": Row(HOLDER),
    }


def escalation_rules(base: str) -> dict[str, Row]:
    """When people are reminded and what is overdue goes up, under the root of pages or of the API."""
    path, scene = f"{base}/escalation-rules", {"rule": "escalation_rule"}
    return {
        f"GET {path}": Row(EVERYONE),
        f"GET {path}/{{rule}}": Row(EVERYONE, uses=scene),
        f"POST {path}": Row(RULES, EVERYONE - RULES, {"unit": "{PARKS}", "item_kind": "task"}),
        f"PUT {path}/{{rule}}": Row(RULES, EVERYONE - RULES, {"levels": 1}, scene),
        f"POST {path}/{{rule}}/retirement": Row(RULES, EVERYONE - RULES, {}, scene),
    }


SKILL = {"name": "First aid", "family": "safety"}
HELD = {"level": 2}
OVERSEES = HOLDER | HEAD | ADMINISTRATOR
CONFIRMS = HEAD | ADMINISTRATOR


def skills(base: str) -> dict[str, Row]:
    """What people can do, under the root of pages or of the API: the scene's skill is Eleni's, confirmed by Nikos."""
    path, one = f"{base}/people/{{person}}/skills", f"{base}/person-skills/{{held}}"
    return {
        f"GET {base}/skills": Row(EVERYONE),
        f"GET {path}": Row(EVERYONE),
        f"POST {path}": Row(OVERSEES, EVERYONE - OVERSEES, {**HELD, "skill_id": "{other_skill}"}),
        f"GET {one}": Row(EVERYONE),
        f"PUT {one}": Row(OVERSEES, EVERYONE - OVERSEES, HELD),
        f"DELETE {one}": Row(OVERSEES, EVERYONE - OVERSEES),
        f"POST {one}/confirmation": Row(CONFIRMS, EVERYONE - CONFIRMS),
        f"POST {one}/files": Row(OVERSEES, EVERYONE - OVERSEES, sends=True),
        **reads(f"{one}/files", f"{one}/files/archive", ok=OVERSEES | {"auditor"}),
    }


REQUIRES = frozenset(["head", "administrator"])  # of the head's post of PARKS
READS_GAPS = REQUIRES | {"auditor"}


def requiring(base: str) -> dict[str, Row]:
    """What the post of the scene requires: read by everybody, said by who heads its unit."""
    at, own = f"{base}/posts/{{post}}/requirements", {"skill": "required_skill"}
    return {
        f"GET {at}": Row(EVERYONE),
        f"POST {at}": Row(REQUIRES, EVERYONE - REQUIRES, {"skill_id": "{other_skill}", "level": "2"} if not base else
                          {"skill_id": "{other_skill}", "level": 2}),
        f"DELETE {at}/{{skill}}": Row(REQUIRES, EVERYONE - REQUIRES, {}, own),
    }  # fmt: skip


DRAFT, OPEN, OVER = {"item": "draft_decision"}, {"item": "open_decision"}, {"item": "closed_decision"}
TAKEN, EVEN, CONSENT = {"item": "taken_decision"}, {"item": "even_decision"}, {"item": "consent_decision"}
COLLEAGUE = frozenset({"colleague"})
VOTES = frozenset({"colleague", "holder", "head"})  # entitled in PARKS
ARGUES = SEES_OWN - {"auditor"}
TITLE = {"title": "Which trees?", "preset": "one"}


def decisions(base: str) -> dict[str, Row]:
    """Decisions, under the root of pages or of the API: those of the scene are of PARKS and Eleni prepared them."""
    one = f"{base}/decisions/{{item}}"
    page = not base

    def may(ok: frozenset[str], uses: dict[str, str], **body: Any) -> Row:
        return Row(ok, SEES_OWN - ok, body, uses)

    reading = [f"{one}", f"{one}/electorate", f"{one}/receipts", f"{one}/ballots", f"{one}/evidence"]
    reading += [f"{one}/tasks/new", f"{one}/advice/new"] if page else []
    reading += [] if page else [f"{one}/advice", f"{one}/affected-units", f"{one}/objections"]
    reading += [f"{one}/editing", f"{one}/opening", f"{one}/cancellation", f"{one}/turnout"] if page else []
    reading += [f"{one}/places"] if page else []
    reading += [f"{one}/options/{{option}}"] if page else [f"{one}/options", f"{one}/arguments"]
    ballot = {"option": "{open_option}"}
    compared: dict[str, Any] = {"pairs": [{"first": 1, "second": 2, "value": "3"}]}
    if page:
        compared = {"pair-1-2": "3"}
    return {
        f"GET {base}/decisions": Row(EVERYONE),
        f"POST {base}/decisions": Row(WRITES, frozenset({"auditor"}), TITLE | {"unit": "{own_unit}"}),
        **{f"GET {path}": Row(SEES_OWN, NOBODY, {}, DRAFT) for path in reading},
        f"PUT {one}": may(CHANGES, DRAFT, **TITLE),
        f"PUT {one}/discussion": may(CHANGES, DRAFT),
        f"POST {one}/options": may(CHANGES, DRAFT, title="Lime trees"),
        f"PUT {one}/options/{{option}}": may(CHANGES, DRAFT, title="Lime trees"),
        f"DELETE {one}/options/{{option}}": may(CHANGES, DRAFT),
        f"POST {one}/arguments": may(ARGUES, DRAFT, option="{option}", side="for", text="Shade"),
        f"DELETE {one}/arguments/{{argument}}": may(CHANGES, DRAFT),
        f"POST {one}/evidence": Row(ARGUES, SEES_OWN - ARGUES, {}, DRAFT, sends=True),
        f"POST {one}/advice": may(CHANGES, DRAFT, of=["{Babis}"], what="Which?", until="2099-01-01"),
        f"PUT {one}/advice/{{advice}}/answer": may(COLLEAGUE, DRAFT, stance="concerns", text="Roots"),
        f"PUT {one}/advice/{{advice}}/use": may(CHANGES, DRAFT | {"advice": "given_advice"}, used="partly", note="Yes"),
        f"DELETE {one}/advice/{{advice}}": may(CHANGES, DRAFT),
        f"POST {one}/objections": may(VOTES, CONSENT, reason="Too dark"),
        f"DELETE {one}/objections/{{objection}}": may(COLLEAGUE, CONSENT),
        f"PUT {one}/objections/{{objection}}/integration": may(CHANGES, CONSENT, text="With lamps"),
        f"PUT {one}/objections/{{objection}}/overruling": may(HOLDER, CONSENT, text="Stars"),
        **({f"GET {one}/comparisons": Row(SEES_OWN, NOBODY, {}, DRAFT)} if page else {}),
        f"POST {one}/comparisons/preview": Row(SEES_OWN, NOBODY, compared, WEIGHED),
        f"PUT {one}/comparisons": may(CHANGES, WEIGHED, **compared),
        f"PUT {one}/opening": may(HEAD, DRAFT),
        f"PUT {one}/ballot": may(VOTES, OPEN, **ballot),
        f"PUT {one}/closing": may(CHANGES, {"item": "whole_decision"}),
        f"PUT {one}/hands": may(CHANGES, {"item": "hands_decision"}, yes=0, no=0, abstained=0),
        f"PUT {one}/hands/correction": may(CHANGES, TYPED, yes=0, no=1, abstained=0, reason="Misread"),
        f"PUT {one}/recusal": may(VOTES, OPEN, reason="My garden"),
        # The holder has the item of an option, and the colleague is asked for advice on it.
        f"PUT {one}/participation": may(HOLDER | {"colleague"}, {"item": "asked_decision"}),
        f"PUT {one}/review": may(CHANGES, TAKEN, verdict="stands"),
        (f"POST {one}/proxies" if page else f"PUT {one}/proxy"): may(VOTES, OPEN, holder="{Babis}"),
        f"PUT {one}/proxies/{{person}}": may(HOLDER, OPEN | {"person": "Giorgos"}),
        f"DELETE {one}/proxies/{{person}}": may(HOLDER | {"colleague"}, OPEN | {"person": "Giorgos"}),
        f"POST {one}/minutes": Row(SEES_OWN, NOBODY, {"language": "el"}, OVER),
        f"POST {one}/bundle": Row(SEES_OWN, NOBODY, {}, OVER),
        f"PUT {one}/outcome": may(CHANGES, OVER, outcome="Neither."),
        f"PUT {one}/tie": may(HOLDER, EVEN, choice="Plane trees", reason="Shade"),
        f"PUT {one}/dissent": may(VOTES, OVER, text=""),
        f"PUT {one}/cancellation": may(HEAD, OPEN, reason="Not now"),
        f"PUT {one}/completion": may(CHANGES, TAKEN, tasks_stay="on" if page else True),
        f"POST {one}/tasks": may(CHANGES, TAKEN, title="Plant them"),
        f"PUT {one}/successor": may(CHANGES, TAKEN, item="{next_decision}"),
    }


TYPED = {"item": "typed_decision"}
WEIGHED = {"item": "weighed_decision"}
CALLED = {"item": "planned_meeting", "point": "planned_point"}
RUNNING = {"item": "running_meeting", "point": "running_point"}
ATTENDED = {"item": "attended_meeting", "point": "attended_point"}
MINUTED = {"item": "over_meeting"}
ASKED_ONE = {"question": "planned_question"}
TALKED = SEES_OWN - {"auditor"}
CHAIRS = frozenset({"holder", "substitute"})


def meetings(base: str) -> dict[str, Row]:
    """Meetings, under the root of pages or of the API: those of the scene are of PARKS, called and chaired by Eleni."""
    one, page = f"{base}/meetings/{{item}}", not base
    point = f"{one}/points/{{point}}"

    def may(uses: dict[str, str], ok: frozenset[str] = CHANGES, **body: Any) -> Row:
        return Row(ok, SEES_OWN - ok, body, uses)

    called = {"title": "Winter plan", "on": "2099-11-26"}
    reading = [one, f"{one}/calendar", f"{one}/public"]
    question = f"{one}/questions/{{question}}"
    reading += [f"{one}/editing", f"{one}/cancellation", f"{one}/points/new"] if page else []
    reading += [point, f"{point}/minutes", f"{point}/tasks/new"] if page else []
    reading += [f"{point}/votes", f"{point}/votes/new"] if page else []
    return {
        f"GET {base}/meetings": Row(EVERYONE),
        f"POST {base}/meetings": Row(WRITES, frozenset({"auditor"}), called | {"unit": "{own_unit}"}),
        **{f"GET {path}": Row(SEES_OWN, NOBODY, {}, CALLED) for path in reading},
        f"PUT {one}": may(CALLED, **called),
        f"PUT {one}/beginning": may(CALLED),
        f"PUT {one}/ending": may(RUNNING),
        f"PUT {one}/approval": may(MINUTED, CHAIRS),
        f"PUT {one}/cancellation": may(CALLED, reason="Snow"),
        f"PUT {one}/answer": may(CALLED, HOLDER, answer="yes"),
        f"PUT {one}/people/{{person}}": may(RUNNING | {"person": "Eleni"}, presence="present"),
        f"POST {one}/points": may(CALLED, title="Salt"),
        f"PUT {point}": may(CALLED, title="Salt", edition=1 if not page else "1"),
        f"DELETE {point}": may(CALLED),
        f"PUT {point}/place": may(CALLED, position=1 if not page else "1"),
        f"PUT {point}/standing": may(CALLED, state="put-off"),
        f"PUT {point}/minutes": may(RUNNING, notes="Forty tons", version=1 if not page else "1"),
        f"POST {point}/tasks": may(RUNNING, title="Order salt"),
        f"POST {point}/votes": may(ATTENDED, HEAD, title="Shall we order salt?"),
        f"GET {one}/series": Row(SEES_OWN, NOBODY, {}, MINUTED | {"item": "planned_meeting"}),
        f"PUT {one}/series": may(CALLED, every="month"),
        f"POST {one}/series/preview": Row(SEES_OWN, NOBODY, {"every": "month"}, CALLED),
        f"DELETE {one}/series": may(CALLED),
        f"POST {one}/questions": Row(
            TALKED, frozenset({"auditor"}), {"question": "When?", "asker": "A citizen"}, CALLED
        ),
        **({f"GET {one}/questions/new": Row(SEES_OWN, NOBODY, {}, CALLED)} if page else {}),
        f"GET {question}" if page else f"GET {one}/questions": Row(SEES_OWN, NOBODY, {}, CALLED | ASKED_ONE),
        f"PUT {question}/place": may(CALLED | ASKED_ONE),
        f"PUT {question}/answer": may(
            RUNNING | {"question": "running_question"}, answer="In May", version=1 if not page else "1"
        ),
        f"PUT {question}/declining": may(CALLED | ASKED_ONE, reason="Not ours"),
        f"PUT {one}/publication": may({"item": "open_meeting"}, CHAIRS),
        f"POST {one}/paper": Row(SEES_OWN, NOBODY, {"language": "el"}, MINUTED),
    }


PAGES: dict[str, Row] = {
    **skills(""),
    **requiring(""),
    **reads("/units/{code}/skills", "/units/{code}/skills/sheet", ok=READS_GAPS, seen=EVERYONE - READS_GAPS),


    **decisions(""),
    **meetings(""),
    "GET /decisions/new": Row(EVERYONE),
    "GET /meetings/new": Row(EVERYONE),
    "GET /skills/choices": Row(EVERYONE),
    **bots("/administration/bots", NOBODY),
    **reads("/administration/skills", "/administration/skills/{skill}", ok=ADMINISTRATOR),
    **administered("/administration/skills", {"POST ": SKILL, "PUT /{skill}": SKILL, "POST /{skill}/retirement": {}}),
    **reads("/", "/awaited", "/inbox", "/tasks", "/pending-items", "/work-items", "/people", "/units", "/parties"),
    **viewing("/views"),
    **list_jobs("/list-jobs"),
    **reads("/reports"),
    **reads("/queries/completions", "/queries/columns", "/queries/condition", "/queries/sheet"),
    **reads("/tasks/new", "/pending-items/new", "/work-items/new", "/units/{code}", "/units/{code}/pending-items"),
    **reads(
        "/units/{code}/overview", "/units/{code}/waits", "/units/{code}/time", "/units/{code}/figures",
        "/units/{code}/figures/sheet",
        ok=SEES_FIGURES, seen=EVERYONE - SEES_FIGURES,
    ),
    "POST /units/{code}/figure-papers": Row(
        SEES_FIGURES - {"auditor"}, EVERYONE - SEES_FIGURES | {"auditor"}
    ),
    "GET /units/{code}/waits/{by}/{of}": Row(
        SEES_FIGURES, EVERYONE - SEES_FIGURES, uses={"by": "PARKS", "of": "ROADS"}
    ),
    **reads("/people/{person}", "/profile", "/profile/password", "/profile/sessions", "/profile/tokens"),
    **reads("/mentions/{party}", "/search", "/palette", "/palette/items"),
    **reads("/pending-items/{item}", "/pending-items/{item}/details", "/work-items/{item}", ok=SEES),
    **reads("/work-items/{item}/cancellation", "/work-items/{item}/completion", ok=SEES),
    **reads("/work-items/{item}/editing", "/work-items/{item}/cells/{cell}", ok=CHANGES, seen=SEES - CHANGES),
    "PUT /work-items/{item}/messages/draft": Row(SEES, NOBODY, {"text": "Not sent yet"}),
    "PUT /work-items/{item}/cells/{cell}": Row(CHANGES, SEES - CHANGES, {"value": "Other", "version": "{version}"}),
    **reads("/work-items/{item}/handovers/new", "/work-items/{item}/holder", "/work-items/{item}/waits/new", ok=SEES),
    **reads("/waits/{wait}/answer", "/waits/{wait}/escalations/new", "/waits/{wait}/snooze", ok=SEES),
    **reads("/handovers/{handover}/acceptance", "/handovers/{handover}/return", ok=SEES_OFFERED),
    **reads("/files/{file}/versions", "/files/{file}/previews/{number}", ok=SEES),
    "GET /tasks/{item}": Row(SEES_OWN, uses={"item": "task"}),
    **reads(
        "/messages/{message}/acts", "/messages/{message}/forwarding/new",
        "/messages/{message}/place", "/messages/{message}/thread/answers", ok=SEES
    ),
    "GET /messages/{message}/work/new": Row(TALKS, frozenset({"auditor"})),
    "GET /messages/{message}/points/new": Row(TALKS, frozenset({"auditor"})),
    "GET /messages/{message}/decisions/new": Row(TALKS, frozenset({"auditor"})),
    "POST /messages/{message}/decisions": Row(TALKS, frozenset({"auditor"}), ITEM),
    "POST /messages/{message}/points": Row(CHANGES, SEES_OWN - CHANGES, ON_AGENDA),
    "POST /messages/{message}/work": Row(TALKS, frozenset({"auditor"}), ITEM),
    "POST /messages/{message}/thread": Row(TALKS, frozenset({"auditor"}), {"text": "x", "nonce": "nonce-12345"}),
    "GET /messages/{message}/hiding/new": Row(HEAD, SEES - HEAD),
    "GET /messages/{message}/text": Row(HOLDER, SEES - HOLDER),
    "PUT /messages/{message}": Row(HOLDER, SEES - HOLDER, {"text": "We go on Tuesday."}),
    **under("/work-items/{item}"), **taking_off("/work-items/{item}"),
    **decided(""),
    "PATCH /work-items/{item}": Row(CHANGES, SEES - CHANGES, {"title": "Other", "version": "{version}"}),
    "GET /work-items/bulk-edits/new": Row(EVERYONE),
    "POST /work-items/bulk-edits": Row(SEES, NOBODY, {"items": "{item_id}", "act": "done", "dry_run": "yes"}),
    "DELETE /work-items/bulk-edits/{fact}": Row(NOBODY),
    "PUT /work-items/{item}/column": Row(CHANGES, SEES - CHANGES, {"by": "priority", "to": "4"}),
    "PUT /work-items/{item}/kind": Row(CHANGES, SEES - CHANGES, {"kind": "task"}),
    "PATCH /pending-items/{item}/details": Row(CHANGES, SEES - CHANGES, {"source": "citizen"}),
    "POST /tasks": Row(WRITES, frozenset({"auditor"}), ITEM),
    "POST /pending-items": Row(WRITES, frozenset({"auditor"}), ITEM),
    "GET /facts": Row(frozenset({"auditor"})),
    "DELETE /inbox/read": Row(EVERYONE),
    "GET /profile/hearing": Row(EVERYONE),
    "PATCH /profile/hearing": Row(EVERYONE, NOBODY, {"digest_hour": "9"}),
    "POST /profile/push-subscriptions": Row(EVERYONE, NOBODY, SUBSCRIPTION),
    "DELETE /profile/push-subscriptions/{subscription}": Row(HOLDER),
    "PUT /inbox/grouping": Row(EVERYONE, NOBODY, {"by": "unit"}),
    "POST /inbox/cleared/{stamp}/return": Row(EVERYONE, uses={"stamp": "item_id"}),
    "GET /notifications/{notification}/snooze": Row(HOLDER),
    "POST /notifications/{notification}/return": Row(HOLDER),
    "PUT /inbox/conversations/{conversation}/reading": Row(EVERYONE),
    "PUT /inbox/later-messages/{later}/reading": Row(EVERYONE),
    "PUT /inbox/work-items/{item}/reading": Row(EVERYONE, uses={"item": "item_id"}),
    "PUT /my-day/look": Row(EVERYONE, NOBODY, {"at": "2026-11-21T10:00:00+00:00"}),
    "DELETE /sign-in": Row(EVERYONE),
    "PATCH /profile": Row(EVERYONE, NOBODY, {"name": "Another Name"}),
    "PUT /profile/password": Row(EVERYONE, NOBODY, {
        "current": "correct horse battery", "password": "a longer horse battery", "again": "a longer horse battery",
    }),
    "DELETE /profile/sessions": Row(EVERYONE),
    "DELETE /profile/sessions/{session}": Row(HOLDER),
    "POST /profile/tokens": Row(EVERYONE, NOBODY, {"name": "Script", "scopes[]": "read"}),
    "DELETE /profile/tokens/{token}": Row(HOLDER),
    "POST /people/{person}/absences": Row(ABSENT_HEADS, EVERYONE - ABSENT_HEADS, ABSENCE),
    "DELETE /absences/{absence}": Row(ABSENT_HEADS, EVERYONE - ABSENT_HEADS),
    **reads("/retention", ok=ADMINISTRATOR),
    "GET /retention/{kind}": Row(ADMINISTRATOR, uses={"kind": "talk_kind"}),
    "PUT /retention/{kind}": Row(ADMINISTRATOR, NOBODY, {"months": "24"}, {"kind": "talk_kind"}),
    "DELETE /retention/{kind}": Row(ADMINISTRATOR, uses={"kind": "talk_kind"}),
    "GET /legal-holds/choices": Row(ADMINISTRATOR),
    "POST /legal-holds": Row(ADMINISTRATOR, NOBODY, {"unit": "{LEGAL}", "reason": "Court order"}),
    "GET /legal-holds/{hold}/lifting/new": Row(ADMINISTRATOR),
    "PUT /legal-holds/{hold}/lifting": Row(ADMINISTRATOR, NOBODY, {"reason": "The case is closed"}),
    **reads("/administration", "/administration/calendars", "/administration/calendars/{calendar}", ok=ADMINISTRATOR),
    **reads("/administration/mail", "/administration/people", "/administration/people/{person}", ok=ADMINISTRATOR),
    **reads("/administration/posts", "/administration/posts/{post}", "/administration/units", ok=ADMINISTRATOR),
    **reads("/administration/units/{unit}/split", ok=ADMINISTRATOR),
    **reads("/administration/units/{unit}", "/administration/mail/{mail}/opening", ok=ADMINISTRATOR),
    "POST /administration/mail/{mail}/opening": Row(ADMINISTRATOR),
    **organisation("/administration", "/administration/people", "/administration/units", "/administration/posts"),
    **reads("/deadline-rules", "/deadline-rules/{rule}"),
    **escalation_rules(""),
    **conversations(""),
    **reads("/conversations/list", "/conversations/search", "/conversations/later"),
    "GET /conversations/{conversation}/later": Row(SEES),
    "GET /conversations/unread": Row(EVERYONE),
    "GET /mentions/unheard": Row(EVERYONE),
    "POST /messages/preview": Row(EVERYONE, NOBODY, {"text": "**So**"}),
    "GET /notifications/counts": Row(EVERYONE),
    "GET /conversations/new": Row(EVERYONE),
    **reads("/conversations/{conversation}", "/conversations/{conversation}/messages", ok=SEES),
    "GET /conversations/{conversation}/about": Row(SEES),
    "POST /conversations/{conversation}/messages": Row(
        TALKS, frozenset({"auditor"}), {"text": "x", "nonce": "nonce-12345"}
    ),
    **reads("/conversations/units/{code}", "/conversations/units/{code}/messages", ok=OF_UNIT),
    "POST /conversations/units/{code}/messages": Row(OF_UNIT, NOBODY, {"text": "x", "nonce": "nonce-12345"}),
    "POST /deadline-rules": Row(RULES, EVERYONE - RULES, RULE | {"unit": "{PARKS}"}),
    "PUT /deadline-rules/{rule}": Row(RULES, EVERYONE - RULES, RULE),
    "POST /deadline-rules/{rule}/retirement": Row(RULES, EVERYONE - RULES),
    **administered("/administration/calendars", {
        "POST ": CALENDAR, "PUT /{calendar}": CALENDAR, "POST /{calendar}/corrections": CORRECTION,
        "DELETE /{calendar}/corrections/{day}": {},
    }),
}  # fmt: skip

V1 = "/api/v1"
API: dict[str, Row] = {
    **skills(V1),
    **requiring(V1),
    **reads(f"{V1}/units/{{unit}}/skill-gaps", ok=READS_GAPS, seen=EVERYONE - READS_GAPS),


    **decisions(V1),
    **meetings(V1),
    **bots(f"{V1}/bots", EVERYONE - ADMINISTRATOR),
    **reads(f"{V1}/bots/{{bot}}/tokens", ok=ADMINISTRATOR),
    **reads(f"{V1}/skills/{{skill}}", f"{V1}/able-people"),
    **administered(f"{V1}/skills", {"POST ": SKILL, "PUT /{skill}": SKILL, "POST /{skill}/retirement": {}}),
    **reads(*(f"{V1}/{noun}" for noun in (
        "calendars", "deadline-rules", "deadline-rules/{rule}",
        "me", "notifications", "outsiders", "outsiders/{outsider}", "parties", "pending-items", "people",
        "people/{person}", "people/{person}/absences", "people/{person}/memberships", "people/{person}/presence",
        "posts", "posts/{post}", "search",
        "sessions", "snoozes", "tasks", "tokens", "units", "units/{unit}", "waits", "work-items",
    ))),
    f"GET {V1}/facts": Row(frozenset({"auditor"})),
    **viewing(f"{V1}/views"),
    **list_jobs(f"{V1}/list-jobs"),
    **reads(f"{V1}/units/{{unit}}/plans"),
    **reads(
        f"{V1}/units/{{unit}}/report", f"{V1}/units/{{unit}}/report/time", f"{V1}/units/{{unit}}/report/waits",
        ok=SEES_FIGURES, seen=EVERYONE - SEES_FIGURES,
    ),
    **reads(f"{V1}/work-items/{{item}}", f"{V1}/pending-items/{{item}}", ok=SEES),
    **reads(f"{V1}/conversations/{{conversation}}", f"{V1}/conversations/{{conversation}}/messages", ok=SEES),
    **reads(f"{V1}/handovers/{{handover}}", ok=SEES_OFFERED),
    **escalation_rules(V1),
    f"GET {V1}/retention-rules": Row(ADMINISTRATOR),
    f"GET {V1}/retention-rules/{{kind}}/preview": Row(ADMINISTRATOR, uses={"kind": "talk_kind"}),
    f"PUT {V1}/retention-rules/{{kind}}": Row(ADMINISTRATOR, NOBODY, {"months": 24}, {"kind": "talk_kind"}),
    f"DELETE {V1}/retention-rules/{{kind}}": Row(ADMINISTRATOR, uses={"kind": "talk_kind"}),
    f"GET {V1}/legal-holds": Row(ADMINISTRATOR),
    f"POST {V1}/legal-holds": Row(ADMINISTRATOR, NOBODY, {"unit": "{LEGAL}", "reason": "Court order"}),
    f"PUT {V1}/legal-holds/{{hold}}/lifting": Row(ADMINISTRATOR, NOBODY, {"reason": "The case is closed"}),
    **conversations(V1),
    f"GET {V1}/later-messages": Row(EVERYONE),
    f"POST {V1}/messages/preview": Row(EVERYONE, NOBODY, {"text": "**So**"}),
    f"GET {V1}/conversations/{{conversation}}/members": Row(SEES),
    f"GET {V1}/units/{{unit}}/messages": Row(OF_UNIT),
    f"POST {V1}/units/{{unit}}/messages": Row(OF_UNIT, NOBODY, {"text": "x", "nonce": "nonce-12345"}),
    f"POST {V1}/deadline-rules": Row(RULES, EVERYONE - RULES, RULE | {"unit": "{PARKS}"}),
    f"PUT {V1}/deadline-rules/{{rule}}": Row(RULES, EVERYONE - RULES, RULE),
    f"POST {V1}/deadline-rules/{{rule}}/retirement": Row(RULES, EVERYONE - RULES),
    **under(f"{V1}/work-items/{{item}}"), **read_under(f"{V1}/work-items/{{item}}"),
    **taking_off(f"{V1}/work-items/{{item}}"),
    **under(f"{V1}/pending-items/{{item}}"), **read_under(f"{V1}/pending-items/{{item}}"),
    **decided(V1),
    f"POST {V1}/work-items/bulk-edits": Row(SEES, NOBODY, {"items": ["{item_id}"], "act": "done", "dry_run": True}),
    f"DELETE {V1}/work-items/bulk-edits/{{fact}}": Row(NOBODY),
    f"PATCH {V1}/work-items/{{item}}": Row(CHANGES, SEES - CHANGES, {"title": "Other"}),
    f"PATCH {V1}/pending-items/{{item}}": Row(CHANGES, SEES - CHANGES, {"title": "Other"}),
    f"PUT {V1}/work-items/{{item}}/messages/draft": Row(SEES, NOBODY, {"text": "Not sent yet"}),
    f"PUT {V1}/work-items/{{item}}/kind": Row(CHANGES, SEES - CHANGES, {"kind": "task"}),
    **reads(
        f"{V1}/messages/{{message}}/signs", f"{V1}/conversations/{{conversation}}/pins",
        f"{V1}/work-items/{{item}}/messages/draft",
        f"{V1}/conversations/{{conversation}}/draft", f"{V1}/messages/{{message}}/thread/draft", ok=SEES,
    ),
    f"GET {V1}/messages": Row(EVERYONE),
    f"POST {V1}/messages/{{message}}/points": Row(CHANGES, SEES_OWN - CHANGES, ON_AGENDA),
    f"POST {V1}/messages/{{message}}/work": Row(TALKS, frozenset({"auditor"}), ITEM),
    f"POST {V1}/messages/{{message}}/decisions": Row(TALKS, frozenset({"auditor"}), ITEM),
    f"GET {V1}/messages/{{message}}/reminder": Row(NOBODY),  # nobody wished to hear of it again
    f"DELETE {V1}/messages/{{message}}/reminder": Row(SEES),
    f"PATCH {V1}/messages/{{message}}": Row(HOLDER, SEES - HOLDER, {"text": "We go on Tuesday."}),
    f"POST {V1}/conversations/{{conversation}}/messages": Row(
        TALKS, frozenset({"auditor"}), {"text": "x", "nonce": "nonce-12345"}
    ),
    f"POST {V1}/tasks": Row(WRITES, frozenset({"auditor"}), ITEM),
    f"POST {V1}/pending-items": Row(WRITES, frozenset({"auditor"}), ITEM),
    f"GET {V1}/me/notification-preferences": Row(EVERYONE),
    f"GET {V1}/me/view-subscriptions": Row(EVERYONE),
    f"PATCH {V1}/me/notification-preferences": Row(EVERYONE, NOBODY, {"digest_hour": 9}),
    f"GET {V1}/me/push-subscriptions": Row(EVERYONE),
    f"POST {V1}/me/push-subscriptions": Row(EVERYONE, NOBODY, SUBSCRIPTION),
    f"DELETE {V1}/me/push-subscriptions/{{subscription}}": Row(HOLDER),
    f"DELETE {V1}/notifications/read": Row(EVERYONE),
    f"DELETE {V1}/notifications/{{notification}}/snooze": Row(HOLDER),
    f"PATCH {V1}/me": Row(EVERYONE, NOBODY, {"name": "Another Name"}),
    f"POST {V1}/outsiders": Row(WRITES, frozenset({"auditor"}), OUTSIDER),
    f"PUT {V1}/outsiders/{{outsider}}": Row(WRITES, frozenset({"auditor"}), OUTSIDER),
    f"DELETE {V1}/sessions": Row(EVERYONE),
    f"DELETE {V1}/sessions/{{session}}": Row(HOLDER),
    f"POST {V1}/tokens": Row(EVERYONE, NOBODY, {"name": "Script", "scopes": ["read"]}),
    f"DELETE {V1}/tokens/{{token}}": Row(HOLDER),
    f"POST {V1}/people/{{person}}/absences": Row(ABSENT_HEADS, EVERYONE - ABSENT_HEADS, ABSENCE),
    f"DELETE {V1}/absences/{{absence}}": Row(ABSENT_HEADS, EVERYONE - ABSENT_HEADS),
    **organisation(V1, f"{V1}/people", f"{V1}/units", f"{V1}/posts"),
    **administered(V1, {
        "POST /units/{unit}/closure-preview": {"on": "2031-01-01", "into_id": "{ADMIN}"},
        "POST /units/{unit}/split-preview": SPLIT,
        "POST /units/{unit}/move-preview": {"on": "2031-01-01", "parent_id": "{ADMIN}"},
        "POST /unit-merges/preview": {"codes": "PARKS", "into_id": "{ADMIN}", "on": "2031-01-01"},
    }),
}  # fmt: skip


def desk(base: str) -> dict[str, Row]:
    """The desk of the holder, and the protocol of one that was handed over."""
    return {
        f"GET {base}/people/{{person}}/desk": Row(SEES_DESK, EVERYONE - SEES_DESK),
        f"POST {base}/people/{{person}}/desk-handovers": Row(
            HEAD,
            EVERYONE - HEAD,
            {"to": "{PARKS}", "kind": "leaving", "last_day": "2026-11-30"} | ({} if base else {"sure": "on"}),
        ),
        f"GET {base}/desk-handovers/{{desk_handover}}": Row(READS_PROTOCOL),
        f"POST {base}/desk-handovers/{{desk_handover}}/signature": Row(
            frozenset(["holder", "head"]), frozenset({"administrator"})
        ),
        f"POST {base}/desk-handovers/{{desk_handover}}/papers": Row(
            frozenset(["holder", "head"]), frozenset({"administrator"})
        ),
        f"POST {base}/desk-handovers/{{desk_handover}}/closing": Row(ADMINISTRATOR, frozenset(["holder", "head"])),
    }


TEMPLATE = {"name": "Delay", "subject_en": "Your request", "body_en": "Dear Sir"}
LETTER_TEXT = {"to": "Forestry Office", "subject": "Felling", "body": "Dear Sir", "signer": "Eleni"}


def letters(base: str) -> dict[str, Row]:
    """Letters of the scene's item and the templates they are made from."""
    one = f"{base}/letters/{{letter}}"
    template = f"{base}/letter-templates"
    change = "PUT" if base else "PATCH"
    found = {
        f"POST {base}/work-items/{{item}}/letters": Row(CHANGES, SEES - CHANGES),
        f"GET {one}": Row(SEES),
        f"{change} {one}": Row(CHANGES, SEES - CHANGES, LETTER_TEXT),
        f"DELETE {one}": Row(CHANGES, SEES - CHANGES),
        f"POST {one}/papers": Row(CHANGES, SEES - CHANGES),
        f"POST {one}/sending": Row(CHANGES, SEES - CHANGES, {"on": "2026-11-20"}),
        f"GET {template}": Row(EVERYONE),
        f"POST {template}": Row(RULES, EVERYONE - RULES, TEMPLATE | {"unit": "{PARKS}"}),
        f"GET {template}/{{letter_template}}": Row(EVERYONE),
        f"PUT {template}/{{letter_template}}": Row(RULES, EVERYONE - RULES, TEMPLATE),
        f"POST {template}/{{letter_template}}/retirement": Row(RULES, EVERYONE - RULES),
        f"GET {base}/papers/{{paper}}": Row(HOLDER),
    }
    if base:
        return found | {f"GET {base}/work-items/{{item}}/letters": Row(SEES)}
    return found | {"GET /work-items/{item}/letters/new": Row(CHANGES, SEES - CHANGES)}


LINE = {"text": "Something new tomorrow !high"}
QUICK: dict[str, Row] = {
    **reads("/quick-tasks/new", "/quick-tasks/day"),
    "POST /quick-tasks": Row(WRITES, frozenset({"auditor"}), LINE),
    "POST /quick-tasks/form": Row(EVERYONE, NOBODY, LINE),
    "POST /quick-tasks/reading": Row(EVERYONE, NOBODY, LINE),
    "DELETE /quick-tasks/{item}": Row(HOLDER, SEES_OWN - HOLDER, uses={"item": "silent_item"}),
    f"POST {V1}/quick-tasks": Row(WRITES, frozenset({"auditor"}), LINE),
    f"POST {V1}/quick-tasks/reading": Row(EVERYONE, NOBODY, LINE),
}


def steps(base: str) -> dict[str, Row]:
    """The checklist of an item, on its page and over the API."""
    rest, line = SEES - CHANGES, f"{base}/checklist/{{line}}"
    return {
        f"POST {base}/checklist": Row(CHANGES, rest, {"text": "Cones"}),
        f"PATCH {line}": Row(CHANGES, rest, {"text": "Six cones"}),
        f"DELETE {line}": Row(CHANGES, rest),
        f"POST {line}/task": Row(CHANGES, rest),
        f"POST {base}/links": Row(CHANGES, rest, {"item": "{done_item}"}),
        f"DELETE {base}/links/{{other}}": Row(CHANGES, rest),
    }


def readers(base: str) -> dict[str, Row]:
    """Who has read an item: asked by whoever sees it, confirmed by the asked alone, withdrawn by those who asked."""
    at, silent, to_read = f"{base}/work-items/{{item}}/acknowledgement", frozenset({"auditor"}), {"wait": "read_wait"}
    asked = frozenset({"participant"})
    return {
        f"POST {at}": Row(TALKS, silent, {"parties": ["{Sofia}"]} if base else {"parties[]": "{Sofia}"}),
        f"POST {at}/nudges": Row(HOLDER, SEES - HOLDER),
        f"DELETE {at}": Row(HOLDER | HEAD, SEES - HOLDER - HEAD),
        f"POST {base}/waits/{{wait}}/acknowledgement": Row(asked, SEES - asked, {}, to_read),
    }


READERS: dict[str, Row] = {
    **reads("/work-items/{item}/acknowledgement/new", ok=SEES),
    **readers(""),
    **reads(f"{V1}/work-items/{{item}}/acknowledgement", ok=SEES),
    **readers(V1),
}


def recurring(base: str) -> dict[str, Row]:
    """The series of the scene's task, on which nobody of another unit was asked."""
    at, task = f"{base}/work-items/{{item}}/recurrence", {"item": "task"}
    rest, rule = SEES_OWN - CHANGES, {"every": "month"}
    return {
        f"GET {at}": Row(SEES_OWN, uses=task),
        f"PUT {at}": Row(CHANGES, rest, rule, task),
        f"POST {at}/preview": Row(SEES_OWN, NOBODY, rule, task),
        f"DELETE {at}": Row(CHANGES, rest, {}, task),
    }


RECURRING: dict[str, Row] = {**recurring(""), **recurring(V1)}


def reminding(base: str) -> dict[str, Row]:
    """Reminders are private: each sets their own, and takes away no other's. The scene's is the holder's."""
    at = f"{base}/work-items/{{item}}/reminders"
    return {
        f"POST {at}": Row(SEES, NOBODY, {"text": "tomorrow 9:00"}),
        f"DELETE {at}/{{reminder}}": Row(HOLDER),
    }


SILENT = {"item": "silent_item"}


def silencing(base: str) -> dict[str, Row]:
    """Holding back what would follow from silence, on an item whose rule says something of it."""
    at, rest = f"{base}/pending-items/{{item}}/silence/hold", SEES_OWN - CHANGES
    return {
        f"POST {at}": Row(CHANGES, rest, {"reason": "They called"}, SILENT),
        f"DELETE {at}": Row(CHANGES, rest, {}, SILENT),
    }


SILENCING: dict[str, Row] = {
    "GET /pending-items/{item}/silence/hold": Row(CHANGES, SEES_OWN - CHANGES, {}, SILENT),
    f"GET {V1}/pending-items/{{item}}/silence": Row(SEES_OWN, NOBODY, {}, SILENT),
    **silencing(""),
    **silencing(V1),
}


REMINDING: dict[str, Row] = {
    **reads("/work-items/{item}/reminders/new", f"{V1}/work-items/{{item}}/reminders", ok=SEES),
    **reminding(""),
    **reminding(V1),
}


KEEPS_TEMPLATES = frozenset(["head", "administrator"])


def templating(base: str) -> dict[str, Row]:
    """Templates: the scene's is of PARKS. Used by who belongs there, kept by who heads it and by administrators."""
    all_of_them, own = f"{base}/task-templates", {"template": "task_template"}
    one, sees = f"{all_of_them}/{{template}}", (SEES_FIGURES | ADMINISTRATOR) - {"auditor"}
    rest = sees - KEEPS_TEMPLATES
    felling = {"name": "Felling"}
    return {
        f"GET {all_of_them}": Row(EVERYONE),
        f"POST {all_of_them}": Row(KEEPS_TEMPLATES, EVERYONE - KEEPS_TEMPLATES, felling | {"unit": "{PARKS}"}),
        f"GET {one}": Row(sees, uses=own),
        f"PUT {one}": Row(KEEPS_TEMPLATES, rest, felling, own),
        f"POST {one}/retirement": Row(KEEPS_TEMPLATES, rest, {}, own),
        f"POST {one}/tasks": Row(sees, NOBODY, {}, own),
        f"POST {base}/work-items/{{item}}/template": Row(HEAD, SEES - HEAD),
    }


TEMPLATING: dict[str, Row] = {**templating(""), **templating(V1)}


STEPS: dict[str, Row] = {
    **steps("/work-items/{item}"),
    **reads("/work-items/{item}/links/new", ok=SEES),
    **steps(f"{V1}/work-items/{{item}}"),
    **reads(f"{V1}/work-items/{{item}}/checklist", f"{V1}/work-items/{{item}}/parts", ok=SEES),
}


def as_tasks() -> dict[str, Row]:
    """The sub-resources under /tasks find tasks: the same rules on the scene's task, on which nobody else was asked."""
    base, rows = f"{V1}/tasks/{{item}}", {}
    own = {**under(base), **read_under(base), f"PATCH {base}": Row(CHANGES, SEES - CHANGES, {"title": "Other"})}
    own[f"GET {base}"] = Row(SEES)
    for route, row in own.items():
        item = {"item": {"done_item": "done_task", "tray_item": "tray_task"}.get(row.uses.get("item", ""), "task")}
        rows[route] = Row(row.ok - {"participant"}, row.seen - {"participant"}, row.body, item, row.sends)
    return rows


MATRIX: dict[str, Row] = {
    **PAGES,
    **API,
    **as_tasks(),
    **QUICK,
    **STEPS,
    **READERS,
    **RECURRING,
    **REMINDING,
    **SILENCING,
    **TEMPLATING,
    **desk(""),
    **desk(V1),
    **letters(""),
    **letters(V1),
    **reads("/registry", f"{V1}/registry"),
    **reads("/help", "/help/{guide}", "/help/pictures/{picture}"),
    **reads("/work-items/{item}/merger", f"{V1}/work-items/{{item}}/similar", ok=SEES),
    "POST /work-items/{item}/merger": Row(CHANGES, SEES - CHANGES, {"item": "{offered_item}"}),
    f"POST {V1}/work-items/{{item}}/merger": Row(CHANGES, SEES - CHANGES, {"item": "{offered_item}"}),
}
