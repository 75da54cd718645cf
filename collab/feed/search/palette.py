"""The palette: what may be done or gone to by typing, from what the shell offers and a small list of commands.

A command names the control of the page that does it (`press`), so that whatever the palette does, the page does by the
same form; or an address (`href`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from sqlalchemy import select

from collab.core import i18n
from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language
from collab.core.text.fold import fold
from collab.people.queries.parties import Choice
from collab.people.queries.tree import tree
from collab.web.shell import packages
from collab.work.filters.errors import BadQuery
from collab.work.filters.parse import has_conditions
from collab.work.kinds import kinds
from collab.work.lines import icon_of
from collab.work.models import WorkItem
from collab.work.numbers import prefix_of

from .found import ItemByName
from .lines import PARTY_ICONS, party_address, talks_of
from .marking import plain_snippet
from .recent import items_seen, recent_items
from .results import Results, search, with_hyphen

FEW: Final = 5
CHOICES: Final = 8
MOST_COMMANDS: Final = 5


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: its words, other words it is found by, its icon, and the control of the page to press. `begins`:
    something that an auditor, who changes nothing, does not begin."""

    label: str
    also: str
    icon: str
    press: str = ""
    href: str = ""
    hint: str = ""
    begins: bool = False


COMMANDS: Final = (
    Command(N_("New task or pending item"), N_("create, add, write"), "plus", press='.top [data-key="c"]', hint="c"),
    Command(N_("New decision"), N_("vote, create, add"), "vote", href="/decisions/new", begins=True),
    Command(N_("New meeting"), N_("call, create, add"), "calendar", href="/meetings/new", begins=True),
    Command(
        N_("New conversation"),
        N_("begin, write, group, announce"),
        "messages-square",
        href="/conversations/new",
        begins=True,
    ),
    Command(N_("New from a template"), N_("template, pattern, again"), "copy", href="/task-templates", begins=True),
    Command(N_("Inbox"), N_("notifications, news"), "bell", href="/inbox"),
    Command(N_("My profile"), N_("settings, language, time zone"), "user", href="/profile"),
    Command(N_("I am away"), N_("absence, leave, substitute, holiday"), "calendar", href="/profile"),
    Command(N_("Who can do it"), N_("skills, qualifications, languages, licences"), "award", href="/skills"),
    Command(N_("Light appearance"), N_("theme, colours"), "sun", press='#me [name="theme"][value="light"]'),
    Command(N_("Dark appearance"), N_("theme, colours, night"), "moon", press='#me [name="theme"][value="dark"]'),
    Command(N_("High contrast"), N_("theme, colours"), "contrast", press='#me [name="theme"][value="contrast"]'),
    Command(N_("Keyboard shortcuts"), N_("keys, help"), "keyboard", press='[data-dialog="shortcuts"]', hint="?"),
    Command(N_("Sign out"), N_("log out, leave, exit"), "log-out", press='#me form[action^="/sign-in"] button'),
)
LANGUAGE: Final = N_("language")
_NUMBER: Final = re.compile(r"\d+(?:[./-]\d+)*")
_REFERENCE: Final = re.compile(r"[^\W_][\w.]*-[0-9]+")


def groups(actor: Actor, typed: str) -> list[dict[str, Any]]:
    """What answers what was typed, by groups, each with its name; with nothing typed, what one last worked on."""
    if not fold(typed):
        shown = [
            ("recent", _("You last worked on"), _recent(actor)),
            ("do", _("Go to or do"), _commands(actor, "")[:8]),
        ]
        return [_group(*each) for each in shown if each[2]]
    if has_conditions(typed):
        return _worded(actor, typed)
    found = search(actor, typed, limit=FEW)
    exact, others = _exactly(actor, found, found.asked.typed or typed)
    shown = [
        ("exact", _("This one"), exact),
        ("do", _("Go to or do"), _commands(actor, typed)[:MOST_COMMANDS]),
        ("items", _("Near to it") if found.loosely else _("Items"), others),
        ("people", _("People and units"), _parties(found.parties)),
        ("messages", _("Messages"), _messages(actor, found)),
        ("files", _("Files"), _files(found)),
        # Below what was found as it was typed.
        ("near", _("Did you mean"), _parties(found.near)),
    ]
    return [_group(*each) for each in shown if each[2]]


def _worded(actor: Actor, typed: str) -> list[dict[str, Any]]:
    """The items that conditions ask for and the way to their list, which also shows a word that cannot be."""
    as_list = url_for("work.work_items", query=typed)
    try:
        _exact, items = _exactly(actor, search(actor, typed, "items", limit=FEW), "")
    except BadQuery as problem:
        return [_group("wrong", _("Open as a list"), [_option(problem.said, "circle-alert", as_list)])]
    way = _group("list", _("Filter"), [_option(_("Open as a list"), "list", as_list)])
    return [_group("items", _("Items"), items), way] if items else [way]


def item_choices(actor: Actor, typed: str, only: str = "") -> list[dict[str, str]]:
    """Items to choose among by what was typed, best first, before all the one that is called so; with nothing typed,
    what one last worked on. Where there are conditions (`only`), those alone that meet them."""
    found: Sequence[Any]
    if not fold(typed) and not only:
        found = recent_items(actor)
    else:
        try:
            found = search(actor, f"{only} {typed}".strip(), "items", limit=CHOICES).items.items
        except BadQuery:  # a condition that is not yet written to its end
            found = []
    first = [one for one in _called(actor, typed) if not only or _meets(actor, only, one.reference)]
    chosen = {one.reference: one for one in [*first, *found]}
    return [
        {"id": one.reference, "name": f"{one.reference} {one.title}", "hint": "", "kind": one.state_kind}
        for one in list(chosen.values())[:CHOICES]
    ]


def _meets(actor: Actor, only: str, reference: str) -> bool:
    return bool(search(actor, f"{only} reference:{reference}", "items", limit=1).items.items)


def _group(key: str, name: str, options: list[dict[str, str]]) -> dict[str, Any]:
    return {"key": key, "name": name, "options": options}


def _option(label: str, icon: str, href: str = "", hint: str = "", press: str = "", note: str = "") -> dict[str, str]:
    """What is empty is left out: the answer to every key should be small."""
    said = {"label": label, "icon": icon, "href": href, "hint": hint, "press": press, "note": note}
    return {name: value for name, value in said.items() if value}


def _recent(actor: Actor) -> list[dict[str, str]]:
    known = kinds()
    return [
        _option(one.title, icon_of(known.get(one.kind), one.state_kind), f"/work-items/{one.reference}", one.reference)
        for one in recent_items(actor)
    ]


def _commands(actor: Actor, typed: str) -> list[dict[str, str]]:
    """Those each typed word of which begins a word of theirs; all for nothing."""
    asked = fold(typed).split()
    return [
        _option(one.label, one.icon, one.href, one.hint, one.press)
        for one in _offered(actor)
        if all(any(part.startswith(word) for part in fold(f"{one.label} {one.also}").split()) for word in asked)
    ]


def _offered(actor: Actor) -> list[Command]:
    """Where the shell leads this actor, then what may be done anywhere."""
    entries = sorted((entry for package in packages() for entry in package.shell), key=lambda entry: entry.order)
    places = [
        Command(_(entry.label), "", entry.icon, href=url_for(entry.endpoint))
        for entry in entries
        if entry.shown_to(actor)
    ]
    said = [
        Command(_(one.label), _(one.also), one.icon, one.press, one.href, one.hint)
        for one in COMMANDS
        if not (one.begins and actor.is_auditor)
    ]
    languages = [
        Command(name, f"{_(LANGUAGE)} language {code}", "languages", press=f'#me [name="locale"][value="{code}"]')
        for code, name in i18n.LOCALES.items()
        if code != actor.locale
    ]
    return [*said[:1], *places, *said[1:-1], *languages, said[-1]]


def _exactly(actor: Actor, found: Results, typed: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The item that is called as was typed, and the others."""
    known = kinds()
    called = _called(actor, typed)
    exact = [_option(one.title, icon_of(known.get(one.kind), one.state_kind), f"/work-items/{one.reference}",
                     one.reference) for one in called]  # fmt: skip
    others = [
        _option(
            one.title, icon_of(known.get(one.kind), one.state_kind), f"/work-items/{one.reference}", one.reference,
            note=in_language(one.holder_names or {}, one.holder_label or ""),
        )
        for one in found.items.items
        if one.reference not in {each.reference for each in called}
    ]  # fmt: skip
    return exact, others


def _called(actor: Actor, typed: str) -> list[ItemByName]:
    """The item seen whose reference was typed, also as two words (`parks 41`) or as one, or which alone has this number
    in a register: a number in a title or a text calls nothing. One query, where a reference or a number was typed."""
    number = fold(typed.strip())
    reference = fold("-".join(with_hyphen(typed).split())).upper()
    if _NUMBER.fullmatch(number):
        searches = [searched for package in packages() for searched in package.searches]
        called = [searched.numbered(number) for searched in searches if searched.numbered]
    elif _REFERENCE.fullmatch(reference):
        prefix, digits = reference.rsplit("-", 1)
        unit = tree().by_folded_code.get(fold(prefix))  # letters that are folded stand in its references as in its code
        said = {reference, *([f"{prefix_of(tree().nodes[unit].code)}-{int(digits)}"] if unit else [])}
        called = [select(WorkItem.id).where(WorkItem.reference.in_(said))]
    else:
        return []
    seen = items_seen(actor, called, most=2)
    return seen if len(seen) == 1 else []


def _parties(choices: list[Choice]) -> list[dict[str, str]]:
    """Those who have a page to go to."""
    return [
        _option(one.name, PARTY_ICONS[one.kind], party_address(one), one.hint) for one in choices if party_address(one)
    ]


def _messages(actor: Actor, found: Results) -> list[dict[str, str]]:
    called = talks_of(actor, found)
    return [
        _option(
            plain_snippet(one.spoken, found.asked, 80), "message-square", f"/messages/{one.id}",
            one.reference or called.get(one.talk_id, ""), note=in_language(one.author_names, one.author_label),
        )
        for one in found.messages.items
    ]  # fmt: skip


def _files(found: Results) -> list[dict[str, str]]:
    return [
        _option(
            one.name, "paperclip",
            f"/messages/{one.owner_id}" if one.owner_kind == "message" else f"/work-items/{one.owner_id}",
            one.reference or "",
        )
        for one in found.files.items
    ]  # fmt: skip
