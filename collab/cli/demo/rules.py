"""The deadline rules of the sample: what the law gives, by the provision it stands in."""

from typing import Final

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


def deadline_rules() -> dict[str, int]:
    """Provision → rule; those that are missing are made."""
    known = {
        basis: id_ for basis, id_ in db.session.execute(select(DeadlineRule.legal_basis, DeadlineRule.id)) if basis
    }
    for basis, allowed, english, greek, persian in RULES:
        if basis not in known:
            form = NewRuleForm(
                name=greek, name_en=english, name_el=greek, name_fa=persian, legal_basis=basis, allowed=allowed
            )
            known[basis] = create_rule(SYSTEM, form)
    return known
