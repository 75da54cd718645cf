"""The deadline rules of the sample: what the law gives, by the provision it stands in."""

from typing import Any, Final

from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.tasks.commands import create_rule
from collab.tasks.forms import NewRuleForm
from collab.tasks.models import DeadlineRule

RULES: Final = (
    (
        "ν. 2690/1999, άρθρο 4 παρ. 1",
        50,
        "Permits and other cases",
        "Άδειες και λοιπές υποθέσεις",
        "مجوزها و دیگر پرونده‌ها",
    ),
    ("ν. 2690/1999, άρθρο 5", 20, "Access to documents", "Πρόσβαση σε έγγραφα", "دسترسی به اسناد"),
    ("ν. 2690/1999, άρθρο 24", 30, "Objections", "Αιτήσεις θεραπείας", "اعتراض‌ها"),
)


# The permits: silence for two months after the deadline is a refusal; who applies electronically goes first.
PERMITS: Final[dict[str, Any]] = {
    "silence": "refused", "silence_within": 2, "silence_measure": "months",
    "silence_basis": "π.δ. 18/1989, άρθρο 45 παρ. 4", "electronic_allowed": 30, "electronic_priority": 3,
}  # fmt: skip


def make_rules() -> None:
    """Make them all, as Collab itself."""
    for basis, allowed, english, greek, persian in RULES:
        form = NewRuleForm(
            name=greek, name_en=english, name_el=greek, name_fa=persian, legal_basis=basis, allowed=allowed,
            **(PERMITS if allowed == RULES[0][1] else {}),
        )  # fmt: skip
        create_rule(SYSTEM, form)


def rules_by_basis() -> dict[str, int]:
    """Provision → rule."""
    return {basis: id_ for basis, id_ in db.session.execute(select(DeadlineRule.legal_basis, DeadlineRule.id)) if basis}
