"""One scene for the route matrix: an item with everything on it, and ten ways of standing to it."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.core.files import take
from collab.feed.models import Notification
from collab.feed.pushing.models import PushSubscription
from collab.files.models import Preview, StoredFile
from collab.files.placing import Arrived
from collab.files.receiving import store
from collab.messaging.commands import (
    make_hook,
    open_conversation,
    place_hold,
    say,
    send_later,
    set_rule,
    want_copy,
)
from collab.messaging.forms import Later, NewConversation, NewHold, NewWebhook, RetentionForm, Say
from collab.messaging.models import Message
from collab.messaging.owners import Owner
from collab.messaging.queries import waiting_of
from collab.people.commands.bots import give_token, make_bot
from collab.people.commands.certificates import attach_certificate
from collab.people.commands.splitting import plan_split
from collab.people.commands.units import move_unit
from collab.people.forms.bots import NewBotForm
from collab.people.forms.doors import TokenForm
from collab.people.forms.organisation import MoveForm
from collab.people.forms.reorganising import SplitForm, SplitPart
from collab.people.models import (
    Absence,
    AccessToken,
    CalendarDay,
    Mail,
    Membership,
    Party,
    Person,
    PersonSkill,
    Post,
    PostSkill,
    SignInSession,
    Skill,
    UnitPlan,
)
from collab.people.recognise import person_as_actor
from collab.people.secrets import digest
from collab.tasks.commands import add_lines, create_pending_item, create_rule, create_task
from collab.tasks.commands.linking import link
from collab.tasks.commands.recurring import set_recurrence
from collab.tasks.commands.reminders import set_reminder
from collab.tasks.commands.templates import create_template as create_task_template
from collab.tasks.forms import NewLines, NewPendingItem, NewRuleForm, NewTask
from collab.tasks.letters.commands import draft_letter, print_letter
from collab.tasks.letters.forms import LetterText, NewTemplate
from collab.tasks.letters.template_commands import create_template
from collab.tasks.link_forms import NewLink
from collab.tasks.recurring_forms import RecurrenceForm
from collab.tasks.reminder_forms import ReminderForm
from collab.tasks.template_forms import NewTemplate as NewTaskTemplate
from collab.work.commands import ask, ask_to_acknowledge, attach, complete, create_escalation_rule, offer, watch
from collab.work.commands.views import save_view
from collab.work.forms import Ask, AskToRead, Complete, NewEscalationRule, NewView, Offer
from collab.work.models import DeskHandover, Handover, ListJob, Participant, Wait, WorkItem
from collab.work.reactions import ITEM
from tests.cast import BEGINNING, Cast
from tests.house.scene_decisions import decisions
from tests.house.scene_meetings import meetings

SECRET = "hook_of_the_pumping_station"
ROLES = {
    "stranger": "Leila",  # a clerk of another directorate
    "colleague": "Giorgos",  # same unit, no part in the item
    "participant": "Maria",  # of another unit; an answer is awaited from her
    "offered": "Dimitra",  # a clerk of the unit to which another item is offered
    "holder": "Eleni",
    "head": "Nikos",
    "substitute": "Katerina",  # stands in for Eleni today
    "auditor": "Reza",
    "administrator": "Kostas",
    "ex_member": "Thanos",  # was of the unit until last year
}


def actor(cast: Cast, name: str) -> Actor:
    found = person_as_actor(cast.people[name])
    assert found is not None
    return replace(found, via="page")


def play(app: Flask, cast: Cast) -> dict[str, Any]:
    """Fill the database of this test; gives the values that addresses and bodies of the matrix are filled with."""
    with app.app_context():
        eleni = actor(cast, "Eleni")
        values: dict[str, Any] = {"person": cast.Eleni, **_items(cast, eleni)}
        values["rule"] = create_rule(actor(cast, "Nikos"), NewRuleForm(name="Permit", allowed=50, unit=cast.PARKS))
        values["silent_item"] = _silent(cast, eleni)
        values["line"] = add_lines(eleni, values["item_id"], NewLines(text="Cones and tape"))[0]
        values["other"] = values["tray_item"]
        link(eleni, values["item_id"], NewLink(item=values["other"], kind="blocks"))
        values["escalation_rule"] = create_escalation_rule(actor(cast, "Nikos"), NewEscalationRule(unit=cast.PARKS))
        form = NewTaskTemplate(name="Felling permit", unit=cast.PARKS, checklist="Measure\nAsk the forester")
        values["task_template"] = create_task_template(actor(cast, "Nikos"), form)
        values["reminder"] = set_reminder(eleni, values["item_id"], ReminderForm(text="in 2 hours"))
        values["read_wait"] = ask_to_acknowledge(eleni, values["item_id"], AskToRead(parties=[cast.Maria]))[0]
        permit = Ask(of=cast.forestry, what="The felling permit")
        values["outside_wait"] = ask(eleni, values["item_id"], permit)
        values |= _letters(cast, eleni, values["item_id"])
        kostas = actor(cast, "Kostas")
        values["bot"] = make_bot(kostas, NewBotForm(name="Pumping station"))
        values["bot_token"] = give_token(kostas, values["bot"], TokenForm(name="Pump"), digest("a token of a bot"), "")
        values["group"] = open_conversation(eleni, NewConversation(title="Storm", members=[cast.Maria, cast.Sofia]))
        hook = NewWebhook(name="Pumping station")
        values["webhook"] = make_hook(eleni, values["group"], hook, digest(SECRET), SECRET[:9])
        values["secret"] = SECRET
        values["talk_kind"] = "group"
        set_rule(actor(cast, "Kostas"), "group", RetentionForm(months=36))  # to begin in a week
        send_later(eleni, values["conversation"], Later(text="Good morning", when="monday"))
        values["later"] = waiting_of(eleni)[0].id
        values["copy"] = want_copy(actor(cast, "Nikos"), values["conversation"])
        values["hold"] = place_hold(actor(cast, "Kostas"), NewHold(unit=cast.FINANCE, reason="An inquiry"))
        values["open_group"] = open_conversation(actor(cast, "Dimitra"), NewConversation(title="Cyclists", open=True))
        values |= _organisation(cast, values["item_id"])
        values |= decisions(cast)
        values |= meetings(cast)
        values |= _files(eleni, [values["item_id"], *values.pop("with_files")])
        db.session.remove()
        values["version"] = db.session.scalar(select(WorkItem.version).where(WorkItem.id == values["item_id"]))
        db.session.remove()
    return values


def _silent(cast: Cast, eleni: Actor) -> str:
    """An item under a rule that says what silence means."""
    form = NewRuleForm(name="Tacit", allowed=50, unit=cast.PARKS, silence="approved", silence_within=0)
    rule = create_rule(actor(cast, "Nikos"), form)
    made = create_pending_item(eleni, NewPendingItem(title="Silent", unit=cast.PARKS, holder=cast.Eleni, rule=rule))
    return str(made["reference"])


def _items(cast: Cast, eleni: Actor) -> dict[str, Any]:
    made = create_pending_item(eleni, NewPendingItem(title="Fallen branches", unit=cast.PARKS, holder=cast.Eleni))
    other = create_pending_item(eleni, NewPendingItem(title="Felling permit", unit=cast.PARKS, holder=cast.Eleni))
    done = create_pending_item(eleni, NewPendingItem(title="Finished", unit=cast.PARKS, holder=cast.Eleni))
    tray = create_pending_item(eleni, NewPendingItem(title="In the tray", unit=cast.PARKS))
    task, done_task, tray_task = (
        create_task(eleni, NewTask(title=title, unit=cast.PARKS, holder=holder))
        for title, holder in (("Water the trees", cast.Eleni), ("Done", cast.Eleni), ("In the tray", None))
    )
    complete(eleni, done_task["id"], Complete())
    set_recurrence(eleni, task["id"], RecurrenceForm())
    wait = ask(eleni, made["id"], Ask(of=cast.Maria, what="Photographs of the road"))
    ask(eleni, other["id"], Ask(of=cast.ROADS, what="Is the pavement yours?"))
    offer(eleni, other["id"], Offer(to=cast.LEGAL, note="An opinion, please"))
    private = create_task(eleni, NewTask(title="Between us", unit=cast.PARKS, holder=cast.Eleni, reach="named"))
    with writing() as session:
        named = Participant(party_id=cast.Giorgos, item_id=private["id"], role="named", since=clock.now())
        session.add(named)
    fact = db.session.scalars(select(func.max(FactRow.id)).where(FactRow.kind == "handover-offered")).one()
    watch(eleni, made["id"])
    view = save_view(eleni, NewView(name="Storm", query="label:storm", unit=cast.PARKS))
    complete(eleni, done["id"], Complete())
    say(eleni, Owner(ITEM, made["id"]), Say(text="We go on Monday.", nonce="scene-nonce-1"))
    handover = db.session.scalars(select(Handover.id)).one()
    tray_wait = db.session.scalars(select(Wait.id).where(Wait.of_id == cast.ROADS)).one()
    row = db.session.execute(select(Message.id, Message.conversation_id)).first()
    assert row is not None
    return {
        "item": made["reference"], "item_id": made["id"], "offered_item": other["reference"],
        "cell": "title",
        "done_item": done["reference"], "tray_item": tray["reference"], "task": task["reference"],
        "done_task": done_task["reference"], "tray_task": tray_task["reference"], "wait": wait, "tray_wait": tray_wait,
        "handover": handover, "fact": fact, "message": row.id, "sign": "agree",
        "with_files": [tray["id"], task["id"], tray_task["id"]], "conversation": row.conversation_id,
        "view": view, "guide": "head", "picture": "ballot.png",
        "named_item": private["reference"], "named_person": cast.Giorgos,
    }  # fmt: skip


def _letters(cast: Cast, eleni: Actor, item_id: int) -> dict[str, Any]:
    """A template, a letter of the item whose PDF was asked for."""
    texts = {"subject_en": "Your request", "body_en": "Dear {counterpart}"}
    template = create_template(actor(cast, "Nikos"), NewTemplate(name="Delay", unit=cast.PARKS, **texts))
    text = LetterText(to="Forestry Office", subject="Felling", body="Dear Sir", signer="Eleni")
    letter = draft_letter(eleni, item_id, "en", cast.forestry, text, template)["id"]
    paper = print_letter(eleni, letter, {"title": "Felling"}, "letter.pdf")
    return {"letter_template": template, "letter": letter, "paper": paper}


def _files(eleni: Actor, item_ids: list[int]) -> dict[str, Any]:
    """A file with a picture of it on each of these items; that of the first is the scene's."""
    made = []
    for number, item_id in enumerate(item_ids):
        kept = take(store(), f"plan {number}.txt", [b"The plan"], 1_000)
        made += attach(eleni, item_id, store(), [Arrived(kept, None)])
    with writing() as session:
        stored = session.scalars(select(StoredFile).where(StoredFile.sha256 == kept.sha256)).one()
        session.add(Preview(file_id=stored.id, number=1, sha256=stored.sha256, size=stored.size, width=1, height=1))
    return {"file": made[0]["id"], "number": 1}


def _planned(cast: Cast) -> dict[str, Any]:
    """What is planned for a unit of no other door: a split and a move."""
    split = SplitForm(on=date(2031, 6, 1), parts=[SplitPart(unit_id=cast.LEGAL)], goes=["tray-0:1"])
    move_unit(SYSTEM, cast.FINANCE, MoveForm(on=date(2031, 6, 1), parent_id=cast.TECH))
    planned = plan_split(SYSTEM, cast.FINANCE, split)
    return {"unit_split": planned, "unit_plan": db.session.scalar(select(func.max(UnitPlan.id)))}


def _organisation(cast: Cast, item_id: int) -> dict[str, Any]:
    now = clock.now()
    with writing() as session:
        absence = session.scalars(
            insert(Absence)
            .values(
                person_id=cast.Eleni, substitute_id=cast.Katerina, first_day=now.date(), last_day=now.date().replace(
                    year=now.year + 1
                )
            )
            .returning(Absence.id)
        ).one()  # fmt: skip
        membership = session.scalars(select(Membership.id).where(Membership.person_id == cast.Eleni)).one()
        calendar = 1
        session.execute(
            insert(CalendarDay).values(calendar_id=calendar, day=now.date(), working=False, name="Local feast")
        )
        own_session = session.scalars(
            insert(SignInSession)
            .values(
                person_id=cast.Eleni, secret_hash=b"s", created_at=now, seen_at=now, expires_at=now, address="",
                agent="",
            )
            .returning(SignInSession.id)
        ).one()  # fmt: skip
        notification = session.scalars(
            insert(Notification)
            .values(
                person_id=cast.Eleni, subject_kind=ITEM, subject_id=item_id, reasons=["asked"], count=1,
                first_fact_id=1, last_fact_id=1, told=[1], actor_id=cast.Nikos, at=now,
            )
            .returning(Notification.id)
        ).one()  # fmt: skip
        job = session.scalars(
            insert(ListJob)
            .values(
                person_id=cast.Eleni, act="edit", asked={"list": "tasks", "change": {"act": "done"}}, state="done",
                total=1, passed=1, changed=1, created_at=now, finished_at=now,
            )
            .returning(ListJob.id)
        ).one()  # fmt: skip
        inactive, plain_post = (
            session.scalars(insert(Party).values(kind=kind, label=name).returning(Party.id)).one()
            for kind, name in (("person", "Gone Away"), ("post", "Gardener"))
        )
        session.add(
            Person(id=inactive, email="gone@city.example", locale="en", time_zone="Europe/Athens", active=False)
        )
        session.add(Post(id=plain_post, unit_id=cast.PARKS, kind="member", valid_from=BEGINNING))
        mail = session.scalars(
            insert(Mail)
            .values(effect="scene", to=cast.email("Eleni"), subject="S", body="B", created_at=now, next_at=now)
            .returning(Mail.id)
        ).one()
        token = session.scalars(
            insert(AccessToken)
            .values(person_id=cast.Eleni, name="mine", secret_hash=b"t", hint="", scopes=["read"], created_at=now)
            .returning(AccessToken.id)
        ).one()
        desk_handover = session.scalars(
            insert(DeskHandover)
            .values(
                person_id=cast.Eleni, unit_id=cast.PARKS, kind="leaving", carried_by=cast.Nikos, carried_at=now,
                gone=False, watched=0, closed_at=now, closed_by=cast.Kostas,
            )
            .returning(DeskHandover.id)
        ).one()  # fmt: skip
        skill, other_skill = session.scalars(
            insert(Skill).returning(Skill.id, sort_by_parameter_order=True),
            [{"label": name, "folded": name.lower(), "family": "language"} for name in ("Persian", "Greek")],
        ).all()
        held = session.scalars(
            insert(PersonSkill)
            .values(person_id=cast.Eleni, skill_id=skill, level=2, confirmed_by=cast.Nikos, confirmed_at=now)
            .returning(PersonSkill.id)
        ).one()
        subscription = session.scalars(
            insert(PushSubscription)
            .values(
                person_id=cast.Eleni, session_id=own_session, endpoint="https://push.example.net/one", public_key="",
                secret="", created_at=now,
            )
            .returning(PushSubscription.id)
        ).one()  # fmt: skip
        head = cast.head_posts["PARKS"]
        session.execute(insert(PostSkill).values(post_id=head, skill_id=skill, level=2, must=True))
    proof = take(store(), "Persian C1.txt", [b"Certificate"], 1_000)
    attach_certificate(actor(cast, "Nikos"), held, store(), [Arrived(proof, None)])
    return _planned(cast) | {
        "skill": skill, "required_skill": skill, "other_skill": other_skill, "held": held,
        "desk_handover": desk_handover, "subscription": subscription,
        "absence": absence, "membership": membership, "calendar": calendar, "session": own_session, "token": token,
        "mail": mail,
        "notification": notification, "job": job,
        "inactive": inactive, "plain_post": plain_post, "code": "PARKS", "party": cast.Eleni,
        "unit": cast.PARKS, "post": cast.head_posts["PARKS"], "outsider": cast.forestry, "day": now.date().isoformat(),
    }  # fmt: skip
