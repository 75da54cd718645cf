"""Opening a vote: from here on question, options, rule and electorate stand fast."""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, record, session
from collab.core.forms import wrong
from collab.core.i18n import N_, _, ngettext
from collab.core.text.fold import fold
from collab.people.models import Person
from collab.work.audience import today
from collab.work.ball import settle
from collab.work.models import Wait, WorkItem
from collab.work.policy import items

from .. import envelopes
from ..counted import card_for, chair_settles, countable
from ..counting.lot import commitment
from ..electing import MOST, Elector, electors, entitled
from ..events import OptionAdded, VoteOpened
from ..evidence import every_version, exhibits
from ..exhibits import stands
from ..forms import MOST_OPTIONS, Electorate, OpenVote
from ..frozen import frozen_words
from ..hands import by_hands
from ..having import options_of, preparing, touch
from ..interests import interests
from ..models import Decision, DecisionOption, Roll
from ..policy import may_open
from ..present import fix_present
from ..presets import PRESETS, of_present
from ..weights import refuse_unfit, weights_of
from .advising import end_advice
from .chairing import seat_chair
from .drafting import TOO_MANY as TOO_MANY_OPTIONS
from .reading import let_read
from .unopened import FEWEST_ENTITLED

log = logging.getLogger(__name__)

SHORTEST: Final = timedelta(minutes=1)
NO_TIME: Final = N_("Say when the vote closes.")
UNCOUNTED: Final = N_("This way to count is not ready yet. Choose another one.")
PAST: Final = N_("The vote would close at once. Choose a later time.")
NOBODY: Final = N_("Nobody is entitled. Widen the electorate.")
TOO_MANY: Final = N_("More than %(most)s people would be entitled.")
TOO_FEW: Final = N_(
    "A confidential vote needs at least %(least)s entitled people: with fewer the result tells on them."
)
NO_KEYS: Final = N_(
    "The key of a confidential vote cannot be kept on this server. Tell whoever runs it, or make the vote open."
)
NO_CHAIR: Final = N_("The chair breaks ties here: say who chairs, or choose another way.")
NO_COSTS: Final = N_("Say of each option what it costs.")
CHAIR_LEFT: Final = N_("Whoever was to chair has left: say who chairs.")
NO_MEETING: Final = N_("This rule does not go by those present, so no meeting belongs to its opening.")
NO_OVERRULER: Final = N_("The chair may overrule objections here: say who chairs, or that nobody overrules.")


@command(may_open, on=items)
def open_vote(actor: Actor, item: WorkItem, form: OpenVote | None = None) -> int:
    """Open the vote. What `form` says is held against what is so by now."""
    row = preparing(item)
    options, at = options_of(item.id), clock.of_database(session())
    options = _with_none(item, row, options)
    _refuse_unready(row, options, at)
    found = electors(session(), Electorate.model_validate(row.electorate), item.unit_id, today(session()))
    refuse_unfit(row.rule, entitled(found))
    if of_present(row.rule):
        found = fix_present(actor, row, found, at, form.meeting if form else "")
    elif form and form.meeting:
        raise wrong("meeting", _(NO_MEETING))
    voters = entitled(found)
    _refuse_electorate(row, voters)
    if row.level == "confidential":
        row.public_key, row.sealed_key = _new_keys(item.id)
    row.seed = secrets.token_bytes(32)
    row.seed_hash = bytes.fromhex(commitment(row.seed.hex()))
    row.rule = row.rule | {"card": card_for(row.rule, row.seed_hash.hex()).as_json()}
    weights = weights_of(row.rule)
    entitled_votes = {one.person_id: weights.get(one.person_id, 1) for one in voters}
    assert row.closes_at is not None
    evidence = stands(exhibits(session().execute(every_version(item.id, [option.id for option in options]))))
    row.opened_words = frozen_words(
        item.title, item.body, row.rule, row.level, options, entitled_votes, row.closes_at, evidence,
        substitutes=row.substitutes, proxies=row.proxies, chair=row.chair_id,
    )  # fmt: skip
    row.rule_hash = hashlib.sha256(row.opened_words.encode()).digest()
    row.stage, row.opened_at, row.opened_by = "open", at, actor.person_id or None
    seat_chair(item, row)
    hands = by_hands(row.rule)
    row.remind_at = None if hands else row.closes_at - min(timedelta(days=1), (row.closes_at - at) / 2)
    touch(item)
    if item.state_kind == "new":
        item.state_kind = "active"
    end_advice(item.id, at)
    _write_roll(item, found, options, weights)
    let_read(item.id, [one.person_id for one in voters], at)
    if not hands:
        _await_votes(actor, item, voters, at, alone=row.substitutes == "nobody")
    settle(item, actor.person_id, clock.now())
    record(
        VoteOpened(
            subject=item.id,
            entitled=len(voters),
            closes_at=row.closes_at.isoformat(),
            rule_hash=row.rule_hash.hex(),
            seed_hash=row.seed_hash.hex(),
        )
    )
    return item.id


def _new_keys(item_id: int) -> envelopes.Keys:
    try:
        return envelopes.new_keys(envelopes.places().now, item_id)
    except OSError as error:
        log.exception("the key of a confidential vote could not be written: %s", item_id)
        raise wrong("level", _(NO_KEYS)) from error


def _with_none(item: WorkItem, row: Decision, options: list[DecisionOption]) -> list[DecisionOption]:
    """ "None of these" comes last on the ballot where the rule has it and nobody put an option of that name there; one
    that differs in capitals or accents alone is it."""
    name = row.rule.get("none")
    if not name:
        return options
    if there := next((option.title for option in options if fold(option.title) == fold(name)), None):
        row.rule = row.rule | {"none": there}
        return options
    if len(options) >= MOST_OPTIONS:
        raise wrong("options", _(TOO_MANY_OPTIONS, most=digits(MOST_OPTIONS)))
    option = DecisionOption(item_id=item.id, position=max((one.position for one in options), default=0) + 1, title=name)
    session().add(option)
    session().flush()
    record(OptionAdded(subject=item.id, option=option.id, title=name))
    return [*options, option]


def _refuse_unready(row: Decision, options: list[DecisionOption], at: datetime) -> None:
    if row.closes_at is None:
        raise wrong("closes_on", _(NO_TIME))
    if row.closes_at < at + SHORTEST:
        raise wrong("closes_on", _(PAST))
    preset = PRESETS[row.preset]
    if preset.code not in countable():
        raise wrong("preset", _(UNCOUNTED))
    least = max(2, int(row.rule["seats"]) + 1 if preset.seats else 2)
    if preset.has_options and len(options) < least:
        raise wrong(
            "options",
            ngettext(
                "At least %(least)s option is needed.", "At least %(least)s options are needed.", least, least=least
            ),
        )
    if preset.costs and any(option.cost is None for option in options):
        raise wrong("options", _(NO_COSTS))
    if row.rule["ties"] == "chair" and row.chair_id is None and chair_settles(row.rule):
        raise wrong("chair", _(NO_CHAIR))
    if row.rule.get("overruling") and row.chair_id is None:
        raise wrong("chair", _(NO_OVERRULER))
    if row.chair_id is not None and not session().get_one(Person, row.chair_id).active:
        raise wrong("chair", _(CHAIR_LEFT))


def _refuse_electorate(row: Decision, voters: list[Elector]) -> None:
    if not voters:
        raise wrong("electorate", _(NOBODY))
    if len(voters) > MOST:
        raise wrong("electorate", _(TOO_MANY, most=MOST))
    if row.level == "confidential" and len(voters) < FEWEST_ENTITLED:
        raise wrong("level", _(TOO_FEW, least=FEWEST_ENTITLED))


def _write_roll(item: WorkItem, found: list[Elector], options: list[DecisionOption], weights: dict[int, int]) -> None:
    """Everybody found, with the reason and their votes; and what those entitled have to do with the options."""
    about = {option.id: option.about_id for option in options}
    ties = interests(session(), about, [one.person_id for one in entitled(found)])
    rows = [
        {
            "item_id": item.id, "person_id": one.person_id, "because": one.because, "of_id": one.of_id,
            "left_out": one.left_out, "weight": weights.get(one.person_id, 1),
            "proposed": [tie.as_json() for tie in ties[one.person_id]] if one.person_id in ties else None,
        }
        for one in found
    ]  # fmt: skip
    session().connection().execute(insert(Roll.__table__), rows)  # type: ignore[arg-type]


def _await_votes(actor: Actor, item: WorkItem, voters: list[Elector], at: datetime, *, alone: bool) -> None:
    """The vote of each is expected of them. `alone`: nobody stands in for them."""
    made = session().connection()
    until = item.due_on
    made.execute(
        insert(Wait.__table__),  # type: ignore[arg-type]
        [vote_wait(item.id, one.person_id, actor.person_id or one.person_id, at, until, alone=alone) for one in voters],
    )


def vote_wait(
    item_id: int, of_id: int, by_id: int, at: datetime, until: Any, what: str = "", *, alone: bool
) -> dict[str, Any]:
    """What is expected of a voter. It ends by their ballot, or with the vote; nothing goes up to anybody.

    `alone`: it is in their own hands from the beginning, and so on nobody's day who stands in for them.
    """
    return {
        "item_id": item_id, "sense": "vote", "what": what, "of_id": of_id, "by_id": by_id, "since": at,
        "until": until, "next_action_at": None, "taken_by": of_id if alone else None,
    }  # fmt: skip
