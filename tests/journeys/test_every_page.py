"""Every page once, as an employee, a head and the administrator, in turns of language, appearance and width."""

import os
import re
from itertools import cycle, islice

import pytest

import collab.app  # noqa: F401 declares every door
from collab.web.doors import DOORS
from tests.cast import PEOPLE, UNITS

from .looking import barriers, barriers_by_ibm, foreign_words, overflow
from .talk_scene import talk_of_everything

BY_NIGHT = bool(os.environ.get("COLLAB_NIGHTLY"))  # a second checker looks at every page, too

TURNS = (
    ("en", "light", 1280), ("fa", "dark", 390), ("el", "light", 390), ("fa", "light", 1280), ("el", "dark", 1280),
    ("en", "contrast", 390), ("el", "contrast", 1280), ("fa", "contrast", 390), ("en", "dark", 1280),
)  # fmt: skip
# Answers that are no pages: data for scripts, files, codes from letters, and addresses that lead elsewhere.
NO_PAGES = re.compile(
    r"/(static|service-worker|healthz|readyz|api|palette|parties|mentions|notifications|style|sign-in|invitations|unsubscribe)"
    r"|/password-reset/|/messages$|^/messages/<id:message_id>/(place|acts|thread/answers)$|/content$|/previews/|/archive$|^/queries/(columns|completions|condition|sheet)$"
    r"|^/skills/choices$|/(skills|figures)/sheet$|^/meetings/<ref:item>/calendar$"
    r"|^/quick-tasks/|/bulk-edits/|/cells/|^/list-jobs/<|^/feeds/|^/conversations/(list|unread|heads)$|^/legal-holds/choices$"
    r"|^/help/|^/files/<id:file_id>$|^/views/<|\.(ics|csv|xlsx)$"
)
NAMES = {name for _first, name, *_rest in PEOPLE} | {name for _code, _parent, name, _level in UNITS}
NAMES |= {first for first, *_rest in PEOPLE} | {"Forestry Office", "Greece", "Europe/Athens", "city.example", "Head of"}
NAMES |= {
    "Borda",
    "Copeland",
    "Schulze",
    "Droop",
    "Hare",
    "ranked pairs",
}  # methods of counting, as the field calls them
NAMES |= {"SMTP_URL", "byte"}  # a setting is called the same in every language; a byte is so in Greek


def pages():
    """Addresses of all pages that are declared."""
    declared = {door.address for door in DOORS.values() if door.method == "GET" and not door.api}
    layouts = {"/work-items?layout=board", "/work-items?layout=calendar"}
    return sorted({address for address in declared if not NO_PAGES.search(address)} | layouts)


@pytest.fixture(scope="module")
def scene(stack, template):
    """An item that everybody sees, with a question to Nikos, and one that is offered to Parks; by whom is no matter."""
    from sqlalchemy import select

    from collab.app import create_app
    from collab.core.actor import SYSTEM
    from collab.core.db import db
    from collab.decisions.commands import create_decision, open_vote
    from collab.decisions.forms import NewDecision, NewOption
    from collab.decisions.models import DecisionOption
    from collab.flows.meetings.commands import add_point, plan_meeting, take_question
    from collab.flows.meetings.forms import NewMeeting, NewQuestion, PointForm
    from collab.messaging.commands import place_hold
    from collab.messaging.forms import NewHold
    from collab.people.commands.bots import make_bot
    from collab.people.commands.doors import send_reset
    from collab.people.commands.skills import add_skill, list_skill
    from collab.people.forms.bots import NewBotForm
    from collab.people.forms.skills import NewHeldForm, SkillForm
    from collab.people.models import Calendar
    from collab.people.models.mail import Mail
    from collab.people.recognise import person_as_actor
    from collab.tasks.commands import create_pending_item, create_rule, create_task
    from collab.tasks.commands.templates import create_template as create_task_template
    from collab.tasks.forms import NewPendingItem, NewRuleForm, NewTask
    from collab.tasks.letters.commands import draft_letter
    from collab.tasks.letters.forms import LetterText, NewTemplate
    from collab.tasks.letters.template_commands import create_template
    from collab.tasks.template_forms import NewTemplate as NewTaskTemplate
    from collab.work.commands import ask
    from collab.work.commands.escalation_rules import create_escalation_rule
    from collab.work.commands.views import save_view
    from collab.work.forms import Ask, NewEscalationRule, NewView
    from collab.work.models import Handover
    from config.settings import read

    app = create_app(read(stack.environment))
    with app.app_context():
        eleni, maria = (person_as_actor(template.people[name]) for name in ("Eleni", "Maria"))
        form = NewPendingItem(
            title="Άδεια κοπής πεύκου", unit=template.PARKS, holder=template.Eleni, reach="all",
            protocol_number="2026/11873", protocol_on="2026-11-03", allowed=50, legal_basis="ν. 2690/1999",
            counterpart=template.forestry,
        )  # fmt: skip
        made = create_pending_item(eleni, form)
        wait = ask(eleni, made["id"], Ask(of=template.Nikos, what="Συμφωνείτε;"))
        offered = NewTask(title="Pavement licence", unit=template.ROADS, holder=template.PARKS, reach="all")
        create_task(maria, offered)
        handover = db.session.scalars(select(Handover.id)).first()
        save_view(eleni, NewView(name="Mine", query="holder:me"))
        rule = create_rule(SYSTEM, NewRuleForm(name="Permits", name_el="Άδειες", name_fa="مجوزها", allowed=50))
        create_escalation_rule(SYSTEM, NewEscalationRule(unit=template.PARKS))
        texts = {"subject_el": "Το αίτημά σας", "body_el": "Προς {counterpart}"}
        task_template = create_task_template(
            person_as_actor(template.people["Nikos"]), NewTaskTemplate(name="Άδεια κοπής", unit=template.PARKS)
        )
        letter_template = create_template(
            SYSTEM, NewTemplate(name="Permits", name_el="Άδειες", name_fa="مجوزها", **texts)
        )
        text = LetterText(to="Forestry Office", subject="Άδεια", body="Σας απαντούμε", signer="Ελένη")
        letter_id = draft_letter(eleni, made["id"], "el", template.forestry, text, letter_template)["id"]
        send_reset(SYSTEM, template.Maria, "https://city.example")
        nikos, babis = (person_as_actor(template.people[name]) for name in ("Nikos", "Babis"))
        talk = talk_of_everything(eleni, nikos, babis, template, made["reference"])
        letter = db.session.scalars(select(Mail.id)).first()
        calendar = db.session.scalars(select(Calendar.id)).first()
        question = NewDecision(
            title="Ποια δέντρα;",
            unit=template.PARKS,
            reach="all",
            preset="one",
            closes_on="2099-01-01",
            options=[NewOption(title="Πλατάνια"), NewOption(title="Νεραντζιές")],
        )
        decision = create_decision(eleni, question)
        option = db.session.scalars(select(DecisionOption.id).order_by(DecisionOption.id)).first()
        open_vote(person_as_actor(template.people["Nikos"]), decision["id"])
        meeting = plan_meeting(eleni, NewMeeting(title="Άνοιξη", unit=template.PARKS, on="2099-01-01", reach="all"))
        point = add_point(eleni, meeting["id"], PointForm(title="Δέντρα", about=decision["reference"]))
        question = take_question(eleni, meeting["id"], NewQuestion(question="Πότε;", asker="Πολίτης"))
        skill = list_skill(SYSTEM, SkillForm(name="Persian", name_el="Περσικά", name_fa="فارسی", family="language"))
        held = add_skill(SYSTEM, template.Eleni, NewHeldForm(skill_id=skill, level=3))
        hold = place_hold(person_as_actor(template.people["Kostas"]), NewHold(unit=template.PARKS, reason="Έρευνα"))
        bot = make_bot(person_as_actor(template.people["Kostas"]), NewBotForm(name="Αντλιοστάσιο"))
        db.session.remove()
        db.engine.dispose()
    return {
        "skill_id": skill, "held_id": held, "decision": decision["reference"], "option_id": option,
        "meeting": meeting["reference"], "point_id": point, "question_id": question,
        "item": made["reference"], "ref": made["reference"], "wait_id": wait, "handover_id": handover,
        "calendar_id": calendar, "person_id": template.Maria, "post_id": template.head_posts["PARKS"],
        "letter_id": letter_id, "letter_template_id": letter_template, "template_id": task_template, "paper_id": 1,
        "rule_id": rule, "mail_id": letter, "desk_handover_id": 1, "file_id": 1, "by": template.PARKS,
        "of": template.ROADS, "bot_id": bot,
        "conversation_id": talk["talk"], "messages": talk, "kind": "unit", "unit_id": template.PARKS, "code": "PARKS",
        "party_id": template.Maria, "hold_id": hold,
    }  # fmt: skip


def message_of(scene, address):
    """The message for which a page of one message is opened: most of them show the first of the conversation."""
    messages = scene["messages"]
    return messages["by"].get(address.split("/")[3] if address.count("/") > 2 else "", messages["root"])


# Each page once, by whoever sees most on it; My day by all three.
VISITS = {
    "Eleni": re.compile(
        r"^/($|tasks|pending-items|work-items(/new|\?.*)?$|people|inbox|help|awaited|search|profile|password|views|files|messages)"
        r"|^/(decisions|meetings|letters|papers|registry|list-jobs|conversations|skills|person-skills)"
    ),
    "Nikos": re.compile(r"^/($|units|posts|waits|handovers|desk-handovers|reports|work-items/<|task-templates)"),
    "Kostas": re.compile(
        r"^/($|administration|retention|legal-holds|deadline-rules|escalation-rules|letter-templates)"
    ),
    "Reza": re.compile(r"^/($|facts)"),
}


def test_every_page_is_visited_by_somebody():
    assert pages()
    for address in pages():
        assert any(visits.search(address) for visits in VISITS.values()), f"nobody visits {address}"


@pytest.mark.parametrize("name", VISITS)
def test_pages_fit_speak_the_readers_language_and_have_no_barriers(visitor, scene, name):
    somebody = visitor(name).signs_in()
    page, wrong = somebody.page, []
    turns = islice(cycle(TURNS), list(VISITS).index(name) * 2, None)
    for address in filter(VISITS[name].search, pages()):
        kind = next((kind for kind in ("decision", "meeting") if address.startswith(f"/{kind}s")), "item")
        here = scene | {"item": scene[kind], "message_id": message_of(scene, address)}
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda part, here=here: str(here[part[1]]), address)
        locale, theme, width = next(turns)
        somebody.prefers(locale, theme)
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(path)
        where = f"{path} ({name}, {locale}, {theme}, {width})"
        assert answer is not None
        assert answer.status in (200, 403, 404), f"{where} answered {answer.status}"
        if answer.status != 200:
            wrong += [f"{where}: {answer.status}"] if address.startswith("/messages/") else []
            wrong += [f"{where}: {answer.status}"] if name == "Kostas" and "/administration" in path else []
            somebody.complaints[:] = [said for said in somebody.complaints if f"status of {answer.status}" not in said]
            continue
        assert page.locator("html").get_attribute("lang") == locale, where
        if out := overflow(page):
            wrong.append(f"{where}: stands out to the side: {out}")
        if locale != "en" and (strange := foreign_words(page, NAMES)):
            wrong.append(f"{where}: not translated: {strange}")
        found = barriers(page) + (barriers_by_ibm(page) if BY_NIGHT else [])
        wrong += [f"{where}: {barrier}" for barrier in found]
    assert not wrong, "\n".join(wrong)
