"""What happens to letters and their templates, and how it reads in a history."""

from collab.core.facts import Fact, day, fact, party, prose
from collab.core.i18n import N_


@fact("letter-drafted", of="work-item", says=N_("%(actor)s drafted the letter “%(subject_line)s”"))
class LetterDrafted(Fact):
    letter: int
    subject_line: str = prose()


@fact("letter-discarded", of="work-item", says=N_("%(actor)s threw the draft “%(subject_line)s” away"))
class LetterDiscarded(Fact):
    letter: int
    subject_line: str = prose()


@fact(
    "letter-sent",
    of="work-item",
    says=N_("%(actor)s sent the letter “%(subject_line)s” to %(to)s on %(on)s, protocol %(protocol)s"),
)
class LetterSent(Fact):
    letter: int
    to: int | None = party()
    on: str | None = day()
    subject_line: str = prose()
    protocol: str = prose()


@fact("letter-template-made", of="letter-template", says=N_("%(actor)s made this letter template"))
class LetterTemplateMade(Fact):
    unit: int | None = party()


@fact("letter-template-changed", of="letter-template", says=N_("%(actor)s changed this letter template"))
class LetterTemplateChanged(Fact):
    pass


@fact("letter-template-retired", of="letter-template", says=N_("%(actor)s retired this letter template"))
class LetterTemplateRetired(Fact):
    pass
