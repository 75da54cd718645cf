"""The bundle of a decision that has closed, out of what is kept of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from collab.core.i18n import _

from .bundle import About, bundle
from .counted import ballots_from, casting_of, electorate_of, frozen_card
from .counting import Objection
from .counting.exact import canonical
from .exhibits import Told, evidence_json
from .frozen import frozen_before
from .hands import hands_in
from .having import NOT_CLOSED
from .presets import QUESTION_FORMS
from .queries import Found, Option
from .queries.papers import RollLine
from .refusals import NotNow
from .words import COUNTED


def refuse_unclosed(found: Found) -> None:
    """Raises Conflict before the close, and where a vote was given up."""
    if found.stage not in COUNTED or not found.result:
        raise NotNow(_(NOT_CLOSED))


def bundle_of(
    found: Found,
    options: Sequence[Option],
    choices: Sequence[Mapping[str, Any]],
    roll: Sequence[RollLine],
    house: str,
    frozen: str | None,
    evidence: Told,
) -> bytes:
    """Everything that is needed to count it again. Raises Conflict before the close.

    `choices`: every ballot; `roll`: everybody on it, named only where the vote was open; `house`: the organisation;
    `frozen`: the words that were hashed at opening, where they were kept; `evidence`: held against them.
    """
    refuse_unclosed(found)
    result: dict[str, Any] = found.result or {}
    seed_digest = found.seed_hash.hex() if found.seed_hash else None
    rule = frozen_card(found.rule, seed_digest)
    named = {option.id: option.title for option in options} if found.rule["form"] not in QUESTION_FORMS else {}
    seed = found.seed.hex() if found.seed else None
    objections = tuple(Objection(*one) for one in result.get("objections", ()))
    ballots = ballots_from(
        found.rule,
        named,
        choices,
        seed=seed,
        casting=casting_of(found.chosen, result),
        objections=objections,
        costs=tuple(option.cost or 0 for option in options),
    )
    people = electorate_of(found.rule, result["entitled"], result["recused"])
    opened = frozen or frozen_before(found.title, found.body, found.rule, found.level, options)
    about = About(
        reference=found.reference, question=found.title, organisation=house, level=found.level,
        opened_at=found.opened_at.isoformat() if found.opened_at else "",
        closed_at=found.closed_at.isoformat() if found.closed_at else "",
        extended_at=found.extended_at.isoformat() if found.extended_at else "",
        seed_hash=seed_digest or "", opened_hash=found.rule_hash.hex() if found.rule_hash else "",
    )  # fmt: skip
    names = [roll_json(line) for line in roll] if found.level == "open" else None
    files = evidence_json(evidence, found.title, {option.id: option.title for option in options})
    return bundle(
        rule, ballots, people, canonical(result["count"]), about, roll=names, opened=opened, hands=hands_in(result),
        evidence=files,
    )  # fmt: skip


def roll_json(line: RollLine) -> dict[str, Any]:
    """A line of an open roll, as the bundle and the API show it."""
    return {
        "person": line.person_id, "name": line.name, "because": line.because, "of": line.of or None,
        "left_out": line.left_out, "recused": line.recused, "reason": line.reason or None, "choice": line.choice,
        "cast_by": line.by or None, "cast_by_id": line.by_id, "dissent": line.dissent or None,
        **({"weight": line.weight} if line.weight > 1 else {}),
    }  # fmt: skip
