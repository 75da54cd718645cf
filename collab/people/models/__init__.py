"""Tables of the organisation."""

from .access import AccessToken, EmailCode, SignInSession, Throttle
from .calendar import Calendar, CalendarDay, WorkingDay
from .mail import Mail
from .organisation import Organisation
from .party import Outsider, Party
from .person import Absence, Bot, Membership, Person
from .reorganising import UnitPlan, UnitSplit, UnitSplitLine, UnitSplitPart
from .skills import PersonSkill, PostSkill, Skill
from .unit import Post, Unit, UnitClosure, UnitEdge

__all__ = [
    "Absence", "AccessToken", "Bot", "Calendar", "CalendarDay", "EmailCode", "Mail", "Membership", "Organisation",
    "Outsider", "Party", "Person", "PersonSkill", "Post", "PostSkill", "SignInSession", "Skill", "Throttle", "Unit",
    "UnitClosure", "UnitEdge", "UnitPlan", "UnitSplit", "UnitSplitLine", "UnitSplitPart", "WorkingDay",
]  # fmt: skip
