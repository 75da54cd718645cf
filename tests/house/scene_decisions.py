"""Decisions for the route matrix, all of PARKS, prepared by Eleni and opened by Nikos: one in each stage."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.decisions.advice_forms import AskAdvice, GiveAdvice, MakeObjection
from collab.decisions.commands import (
    add_argument,
    ask_advice,
    ask_proxy,
    cast_ballot,
    close_vote,
    count_hands,
    create_decision,
    give_advice,
    object_,
    open_vote,
    take_decision,
)
from collab.decisions.forms import (
    AskProxy,
    CastBallot,
    CountHands,
    Electorate,
    NewArgument,
    NewDecision,
    NewOption,
    Outcome,
)
from collab.decisions.models import DecisionArgument, DecisionOption
from collab.decisions.rule_forms import CriterionFields
from collab.people.recognise import person_as_actor
from tests.cast import Cast


def decisions(cast: Cast) -> dict[str, Any]:
    """References by stage, with the ids of an option and an argument."""

    def actor(name: str) -> Actor:
        found = person_as_actor(cast.people[name])
        assert found is not None
        return found

    eleni, nikos = actor("Eleni"), actor("Nikos")

    def made(title: str, days: int, preset: str = "one", about: str | None = None, **also: Any) -> dict[str, Any]:
        closes = (clock.now() + timedelta(days=days)).date()
        options = [
            NewOption(title=title, about=about) for title in ("Plane trees", "Bitter oranges") if preset == "one"
        ]
        form = NewDecision(title=title, unit=cast.PARKS, preset=preset, closes_on=closes, options=options, **also)  # type: ignore[arg-type]
        return create_decision(eleni, form)

    def options(item: dict[str, Any]) -> list[int]:
        query = select(DecisionOption.id).where(DecisionOption.item_id == item["id"])
        return list(db.session.scalars(query.order_by(DecisionOption.position)))

    def closed(title: str, **also: Any) -> dict[str, Any]:
        with clock.standing_at(clock.now() - timedelta(days=8)):
            item = made(title, 2, **also)
            open_vote(nikos, item["id"])
            for who, option in zip((eleni, nikos), options(item), strict=True):
                cast_ballot(who, item["id"], CastBallot(option=option))
        with clock.standing_at(clock.now() - timedelta(days=5)):
            close_vote(SYSTEM, item["id"])
        return item

    draft, running = made("Which trees?", 3), made("Which trees now?", 3, proxies=2)
    add_argument(eleni, draft["id"], NewArgument(option=options(draft)[0], side="for", text="Shade"))
    open_vote(nikos, running["id"])
    ask_proxy(actor("Giorgos"), running["id"], AskProxy(holder=cast.Eleni))
    until = (clock.now() + timedelta(days=2)).date()
    whom = [cast.Giorgos, cast.Babis]
    advice, given = ask_advice(eleni, draft["id"], AskAdvice(of=whom, what="Which?", until=until))
    give_advice(actor("Babis"), draft["id"], given, GiveAdvice(stance="supports", text="Planes"))
    consent = made("Without lamps?", 3, "consent", overruling=True, chair=cast.Eleni)
    open_vote(nikos, consent["id"])
    objection = object_(actor("Giorgos"), consent["id"], MakeObjection(reason="Too dark"))
    asked = made("Which of hers?", 3, about=draft["reference"])  # which Eleni holds
    open_vote(nikos, asked["id"])
    whole = made("Which of two?", 3, electorate=Electorate(people=[cast.Eleni, cast.Nikos]))
    open_vote(nikos, whole["id"])
    hands = made("Shall we?", 3, "simple", hands=True, ties="open")
    open_vote(nikos, hands["id"])
    typed = made("Did we?", 3, "simple", hands=True, ties="open")
    open_vote(nikos, typed["id"])
    count_hands(nikos, typed["id"], CountHands(yes=1, no=0, abstained=0))
    for who in (eleni, nikos):
        cast_ballot(who, whole["id"], CastBallot(option=options(whole)[0]))
    over, even, taken = closed("Which bench?"), closed("Which lamp?", ties="chair", chair=cast.Eleni), closed("Which?")
    following = closed("Which then?")
    for each in (taken, following):
        take_decision(eleni, each["id"], Outcome(outcome="Neither."))
    weighed = made(
        "Which roof?", 3, "criteria", criteria=[CriterionFields(name="Price"), CriterionFields(name="Shade")]
    )
    return {
        "weighed_decision": weighed["reference"], "asked_decision": asked["reference"],
        "whole_decision": whole["reference"], "hands_decision": hands["reference"],
        "typed_decision": typed["reference"],
        "draft_decision": draft["reference"], "open_decision": running["reference"],
        "closed_decision": over["reference"], "even_decision": even["reference"],
        "taken_decision": taken["reference"], "next_decision": following["reference"],
        "option": options(draft)[0], "open_option": options(running)[0],
        "advice": advice, "given_advice": given, "consent_decision": consent["reference"], "objection": objection,
        "argument": db.session.scalars(select(DecisionArgument.id)).one(),
    }  # fmt: skip
