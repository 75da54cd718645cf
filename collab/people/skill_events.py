"""What happens to skills, in the past tense. The names of skills are the list's; facts carry ids alone."""

from collab.core.facts import Fact, day, fact, party, prose
from collab.core.i18n import N_


@fact("skill-listed", of="skill", says=N_("%(actor)s put this skill on the list"))
class SkillListed(Fact):
    pass


@fact("skill-changed", of="skill", says=N_("%(actor)s changed this skill of the list"))
class SkillChanged(Fact):
    pass


@fact("skill-retired", of="skill", says=N_("%(actor)s took this skill off the list"))
class SkillRetired(Fact):
    pass


@fact("person-skill-added", of="person", says=N_("%(actor)s noted a skill of %(person)s"))
class PersonSkillAdded(Fact):
    person: int | None = party()
    skill: int = 0
    level: int = 0


@fact("person-skill-changed", of="person", says=N_("%(actor)s changed a skill of %(person)s"))
class PersonSkillChanged(Fact):
    person: int | None = party()
    skill: int = 0
    level: int = 0


@fact("person-skill-confirmed", of="person", says=N_("%(actor)s confirmed a skill of %(person)s"))
class PersonSkillConfirmed(Fact):
    person: int | None = party()
    skill: int = 0


@fact("person-skill-withdrawn", of="person", says=N_("%(actor)s withdrew a skill of %(person)s"))
class PersonSkillWithdrawn(Fact):
    person: int | None = party()
    skill: int = 0


@fact("person-skill-ends", of="person", says=N_("%(person)s was told of a skill that ends on %(on)s"))
class PersonSkillEnds(Fact):
    person: int | None = party()
    skill: int = 0
    on: str | None = day()


@fact("certificate-added", of="person-skill", says=N_("%(actor)s added the certificate %(name)s"))
class CertificateAdded(Fact):
    file: int = 0
    version: int = 1
    name: str = prose()


@fact("certificate-removed", of="person-skill", says=N_("%(actor)s removed the certificate %(name)s"))
class CertificateRemoved(Fact):
    version: int = 1
    name: str = prose()


@fact("requirement-set", of="post", says=N_("%(actor)s changed what this post requires"))
class RequirementSet(Fact):
    skill: int = 0
    level: int = 0


@fact("requirement-removed", of="post", says=N_("%(actor)s took something off what this post requires"))
class RequirementRemoved(Fact):
    skill: int = 0
