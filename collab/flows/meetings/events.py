"""What happens to meetings, in the past tense."""

from collab.core.facts import Fact, code, fact, item, party, prose
from collab.core.i18n import N_

from .words import ANSWERS, POINT_STATES, PRESENCES, STAGES

FIELDS = {
    "title": N_("title"), "body": N_("description"), "starts_at": N_("time"), "place": N_("place"),
    "chair_id": N_("chair"), "secretary_id": N_("secretary"), "quorum": N_("quorum"), "quorum_base": N_("quorum"),
    "reach": N_("who may see it"), "people": N_("invited people"), "open": N_("open to citizens"),
}  # fmt: skip


@fact("meeting-called", of="work-item", says=N_("%(actor)s sent the invitations"))
class MeetingCalled(Fact):
    people: tuple[int, ...] = ()


@fact("meeting-changed", of="work-item", says=N_("%(actor)s changed: %(fields)s"))
class MeetingChanged(Fact):
    fields: str = code(labels=FIELDS)


@fact("point-added", of="work-item", says=N_("%(actor)s put “%(title)s” on the agenda"))
class PointAdded(Fact):
    point: int = 0
    title: str = prose()


@fact("point-proposed", of="work-item", says=N_("%(actor)s proposed “%(title)s” for the agenda"))
class PointProposed(Fact):
    point: int = 0
    title: str = prose()


@fact("point-changed", of="work-item", says=N_("%(actor)s changed the point “%(title)s”"))
class PointChanged(Fact):
    point: int = 0
    title: str = prose()


@fact("point-stood", of="work-item", says=N_("%(actor)s noted the point “%(title)s”: %(state)s"))
class PointStood(Fact):
    point: int = 0
    title: str = prose()
    state: str = code(labels=POINT_STATES)


@fact("point-removed", of="work-item", says=N_("%(actor)s took “%(title)s” off the agenda"))
class PointRemoved(Fact):
    point: int = 0
    title: str = prose()


@fact("attendance-noted", of="work-item", says=N_("%(actor)s noted %(person)s: %(presence)s"))
class AttendanceNoted(Fact):
    person: int | None = party()
    presence: str = code(labels=PRESENCES)


@fact("invitation-answered", of="work-item", says=N_("%(actor)s answered the invitation: %(answer)s"))
class InvitationAnswered(Fact):
    answer: str = code(labels=ANSWERS)


@fact("meeting-stage", of="work-item", says=N_("%(actor)s: the meeting is now %(stage)s"))
class MeetingStaged(Fact):
    stage: str = code(labels=STAGES)


@fact("minutes-written", of="work-item", says=N_("%(actor)s wrote in the minutes"))
class MinutesWritten(Fact):
    point: int = 0


@fact("minutes-approved", of="work-item", says=N_("%(actor)s approved the minutes"))
class MinutesApproved(Fact):
    pass


@fact("meeting-cancelled", of="work-item", says=N_("%(actor)s cancelled the meeting: %(reason)s"))
class MeetingCancelled(Fact):
    reason: str = prose()


@fact("series-set", of="work-item", says=N_("%(actor)s lets the meeting come again"))
class SeriesSet(Fact):
    series: int = 0


@fact("series-ended", of="work-item", says=N_("The series of meetings ended"))
class SeriesEnded(Fact):
    series: int = 0


@fact("series-failed", of="work-item", says=N_("The next meeting of the series could not be called: the series ended"))
class SeriesFailed(Fact):
    """`of`: who looks after it, and is told."""

    series: int = 0
    of: tuple[int, ...] = ()


@fact("meeting-came-again", of="work-item", says=N_("It came again by its rule"))
class MeetingCameAgain(Fact):
    series: int = 0
    before: int = item()


@fact(
    "points-carried", of="work-item", says=N_("Points of the meeting before that were not dealt with were carried over")
)
class PointsCarried(Fact):
    before: int = item()
    points: int = 0


@fact("question-received", of="work-item", says=N_("%(actor)s took in a question"))
class QuestionReceived(Fact):
    question: int = 0


@fact("question-placed", of="work-item", says=N_("%(actor)s put a question on the agenda"))
class QuestionPlaced(Fact):
    question: int = 0
    point: int = 0


@fact("question-answered", of="work-item", says=N_("%(actor)s wrote down the answer to a question"))
class QuestionAnswered(Fact):
    question: int = 0


@fact("question-declined", of="work-item", says=N_("%(actor)s set a question aside: %(reason)s"))
class QuestionDeclined(Fact):
    question: int = 0
    reason: str = prose()


@fact("minutes-published", of="work-item", says=N_("%(actor)s published the minutes"))
class MinutesPublished(Fact):
    pass


@fact("vote-begun", of="work-item", says=N_("%(actor)s put a point to the vote"))
class VoteBegun(Fact):
    point: int = 0
    decision: int = item()


@fact("action-made", of="work-item", says=N_("%(actor)s made a task of a point"))
class ActionMade(Fact):
    point: int = 0
    task: int = item()
