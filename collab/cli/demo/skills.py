"""The skills of the sample: a dozen on the list, who has them, confirmed but for a few, and what the posts require."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.people.commands.skills import add_skill, list_skill, require_skill
from collab.people.forms.skills import Family, NewHeldForm, RequirementForm, SkillForm
from collab.people.models import Post
from collab.people.recognise import person_as_actor

from .house import TIME_ZONE
from .town import Town

SKILLS: Final[dict[str, tuple[str, str, str, Family, bool, bool]]] = {
    "persian": ("Persian", "Περσικά", "فارسی", "language", False, False),
    "greek": ("Greek", "Ελληνικά", "یونانی", "language", False, False),
    "english": ("English", "Αγγλικά", "انگلیسی", "language", False, False),
    "sign": ("Sign language", "Νοηματική γλώσσα", "زبان اشاره", "language", False, False),
    "lorry": ("Driving licence C", "Δίπλωμα οδήγησης Γ", "گواهینامهٔ رانندگی پایه یک", "licence", True, True),
    "crane": ("Crane operator's licence", "Άδεια χειριστή γερανού", "پروانهٔ کار با جرثقیل", "licence", True, True),
    "spray": (
        "Plant protection certificate",
        "Πιστοποιητικό φυτοπροστασίας",
        "گواهی سم‌پاشی گیاهان",
        "licence",
        True,
        True,
    ),
    "tree": ("Tree surgery", "Δενδροκομία", "درخت‌پیرایی", "training", False, False),
    "gis": ("Maps and GIS", "Χάρτες και GIS", "نقشه و GIS", "training", False, False),
    "tenders": ("Public tenders", "Δημόσιοι διαγωνισμοί", "مناقصه‌های عمومی", "training", False, False),
    "aid": ("First aid", "Πρώτες βοήθειες", "کمک‌های نخستین", "safety", True, False),
    "height": ("Work at height", "Εργασία σε ύψος", "کار در ارتفاع", "safety", True, False),
}
"""Key → names in three languages, family, whether it expires, whether it needs a certificate."""

HELD: Final = (
    ("amini", "persian", 4, 0), ("sadri", "persian", 4, 0), ("farzan", "persian", 4, 0), ("omid", "persian", 4, 0),
    ("kosta", "persian", 2, 0), ("sadri", "greek", 2, 0), ("omid", "greek", 3, 0), ("markou", "english", 3, 0),
    ("lekka", "english", 4, 0), ("kosta", "english", 4, 0), ("nosi", "sign", 3, 0), ("gianni", "lorry", 3, 700),
    ("mitra", "lorry", 2, 45), ("gianni", "crane", 2, 400), ("kalfa", "spray", 2, 60), ("markou", "spray", 3, -20),
    ("kalfa", "tree", 3, 0), ("amini", "tree", 2, 0), ("sadri", "gis", 4, 0), ("lekka", "gis", 2, 0),
    ("kosta", "tenders", 3, 0), ("nosi", "aid", 3, 500), ("kalfa", "aid", 2, 300), ("mitra", "height", 2, 12),
)  # fmt: skip
"""Who has what at which level, and in how many days it ends (0: never)."""

OWN: Final = (("markou", "tree", 2), ("amini", "english", 2), ("mitra", "greek", 4))
"""What people say of themselves and nobody has confirmed yet."""


def make_skills(town: Town) -> None:
    """Put the list up, note what people can do in the name of an administrator, and ask it of the head of Parks."""
    day = clock.today(TIME_ZONE)
    keeper = _acting(town.people["fotiou"])
    ids: dict[str, int] = {}
    for key, (english, greek, persian, family, expires, evidence) in SKILLS.items():
        form = SkillForm(
            name=greek, name_en=english, name_el=greek, name_fa=persian, family=family, expires=expires, evidence=evidence
        )  # fmt: skip
        ids[key] = list_skill(keeper, form)
    for number, (who, what, level, ends) in enumerate(HELD, start=1):
        papers = SKILLS[what][5]
        until = day + timedelta(days=ends) if ends else None
        held = NewHeldForm(
            skill_id=ids[what], level=level, expires_on=until, number=f"{2400 + number}/2024" if papers else None,
            issuer="Περιφέρεια" if papers else None,
        )  # fmt: skip
        add_skill(keeper, town.people[who], held)
    for who, what, level in OWN:
        add_skill(_acting(town.people[who]), town.people[who], NewHeldForm(skill_id=ids[what], level=level))
    head = db.session.scalars(select(Post.id).where(Post.unit_id == town.units["PARKS"], Post.kind == "head")).one()
    for what, level, must in (("tree", 2, True), ("spray", 2, True), ("english", 2, False)):
        require_skill(SYSTEM, head, RequirementForm(skill_id=ids[what], level=level, must=must))


def _acting(person_id: int) -> Actor:
    found = person_as_actor(person_id)
    assert found is not None, "the sample was founded before"
    return found
