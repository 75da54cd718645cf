"""What only some rules have: said in the form, kept on the card, and refused where it contradicts the rule. Pure."""

from typing import Any, Final

from collab.core.forms import wrong
from collab.core.i18n import N_, _

from .forms import RuleFields
from .presets import PRESETS

BY_NAME: Final = N_("An objection is made by name: a decision by consent is open.")
NO_QUORUM: Final = N_("By consent nobody has to vote; there is no quorum.")
THEMSELVES: Final = N_("By consent everybody speaks for themselves, without proxies and substitutes.")
NO_OVERRULING: Final = N_("Only a decision by consent has objections to overrule.")
NO_EXTENSION: Final = N_("A vote is extended only when its quorum is missing: choose a quorum first.")


def particulars(form: RuleFields) -> dict[str, Any]:
    """The part of the card that only this rule needs."""
    said: dict[str, Any] = {}
    if form.preset == "consent":
        said["overruling"] = form.overruling
    if form.extension:
        said["extension"] = form.extension
    return said


def refuse_contradictions(form: RuleFields) -> None:
    """Raises Invalid at the field that does not fit the rule."""
    if form.extension and form.quorum == "none":
        raise wrong("extension", _(NO_EXTENSION))
    if PRESETS[form.preset].form != "consent":
        if form.overruling:
            raise wrong("overruling", _(NO_OVERRULING))
        return
    if form.level != "open":
        raise wrong("level", _(BY_NAME))
    if form.quorum != "none":
        raise wrong("quorum", _(NO_QUORUM))
    if form.proxies or form.substitutes != "nobody":
        raise wrong("proxies", _(THEMSELVES))
