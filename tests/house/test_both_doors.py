"""What is done on a page is done over the API as well: every act has both doors, or a reason why it has one."""

from tests.house.matrix import MATRIX

V1 = "/api/v1"
# An act of a page → its door in the API, where that is called otherwise.
OTHERWISE = {
    "DELETE /inbox/read": "DELETE /notifications/read",
    "DELETE /profile/sessions": "DELETE /sessions",
    "DELETE /profile/sessions/{session}": "DELETE /sessions/{session}",
    "DELETE /profile/tokens/{token}": "DELETE /tokens/{token}",
    "DELETE /quick-tasks/{item}": "POST /work-items/{item}/cancellation",
    "PATCH /letters/{letter}": "PUT /letters/{letter}",
    "PATCH /pending-items/{item}/details": "PATCH /pending-items/{item}",
    "PATCH /profile/hearing": "PATCH /me/notification-preferences",
    "POST /conversations/units/{code}/messages": "POST /units/{unit}/messages",
    "POST /decisions/{item}/proxies": "PUT /decisions/{item}/proxy",
    "POST /inbox/cleared/{stamp}/return": "PATCH /notifications/{notification}",
    "POST /messages/{message}/thread": "POST /conversations/{conversation}/messages",
    "POST /notifications/{notification}/return": "PATCH /notifications/{notification}",
    "POST /profile/tokens": "POST /tokens",
    "PUT /inbox/conversations/{conversation}/reading": "PATCH /notifications/{notification}",
    "PUT /inbox/later-messages/{later}/reading": "PATCH /notifications/{notification}",
    "PUT /inbox/work-items/{item}/reading": "PATCH /notifications/{notification}",
    "PUT /messages/{message}": "PATCH /messages/{message}",
    "PUT /retention/{kind}": "PUT /retention-rules/{kind}",
    "DELETE /retention/{kind}": "DELETE /retention-rules/{kind}",
    "PUT /work-items/{item}/cells/{cell}": "PATCH /work-items/{item}",
    "PUT /work-items/{item}/column": "PATCH /work-items/{item}",
}
# Acts of a page alone.
ALONE = {
    "DELETE /sign-in": "a program has a token and signs in nowhere",
    "PUT /profile/password": "a password is typed by whoever knows it",
    "POST /administration/mail/{mail}/opening": "an unsent letter is opened by a person, on a machine without mail",
    "POST /quick-tasks/form": "a line becomes a form, and nothing is kept",
    "PUT /inbox/grouping": "how a page is looked at",
    "PUT /my-day/look": "how a page is looked at",
    "POST /units/{code}/figure-papers": "the figures are a report of the API, their paper is for reading",
    "POST /administration/calendars": "working calendars are read over the API and kept by hand",
    "PUT /administration/calendars/{calendar}": "working calendars are read over the API and kept by hand",
    "POST /administration/calendars/{calendar}/corrections": "working calendars are kept by hand",
    "DELETE /administration/calendars/{calendar}/corrections/{day}": "working calendars are kept by hand",
}


def twin(act: str) -> str:
    """The door in the API that an act of a page is expected to have."""
    method, path = OTHERWISE.get(act, act).split(" ", 1)
    return f"{method} {V1}{path.removeprefix('/administration').replace('/profile', '/me')}"


def acts() -> list[str]:
    return [key for key in MATRIX if V1 not in key and not key.startswith("GET ")]


def test_every_act_of_a_page_has_its_door_in_the_api() -> None:
    lacking = [act for act in acts() if act not in ALONE and twin(act) not in MATRIX]
    assert lacking == []


def test_the_exceptions_are_acts_that_need_to_be_named() -> None:
    assert not (OTHERWISE.keys() | ALONE.keys()) - set(acts()), "of acts that there are"
    assert not OTHERWISE.keys() & ALONE.keys()
    plain = {act: f"{act.split(' ')[0]} {V1}{act.split(' ')[1].removeprefix('/administration')}" for act in ALONE}
    assert [act for act, door in plain.items() if door in MATRIX] == [], "what has a door by now is no exception"


TALKS = ("/conversation", "/messages", "/mentions", "/retention", "/legal-holds")
# What a page of conversations shows → the door in the API that gives it, where that is called otherwise.
READ_AT = {
    "GET /conversations/later": "GET /later-messages",
    "GET /conversations/search": "GET /messages",
    "GET /conversations/units/{code}": "GET /units/{unit}/messages",
    "GET /conversations/units/{code}/messages": "GET /units/{unit}/messages",
    "GET /conversations/{conversation}/about": "GET /conversations/{conversation}/members",
    "GET /conversations/list": "GET /conversations",
    "GET /conversations/unread": "GET /conversations",
    "GET /messages/{message}/place": "GET /messages/{message}",
    "GET /messages/{message}/text": "GET /messages/{message}",
    "GET /messages/{message}/thread/answers": "GET /messages/{message}/thread",
    "GET /retention": "GET /retention-rules",
    "GET /retention/{kind}": "GET /retention-rules/{kind}/preview",
}
FORM = "a form to be filled in; what it sends has its door"
# What stands on pages alone.
SHOWN_ALONE = {
    "GET /conversations/new": FORM,
    "GET /conversations/{conversation}/later": FORM,
    "GET /messages/{message}/decisions/new": FORM,
    "GET /messages/{message}/forwarding/new": FORM,
    "GET /messages/{message}/hiding/new": FORM,
    "GET /messages/{message}/points/new": FORM,
    "GET /messages/{message}/work/new": FORM,
    "GET /messages/{message}/acts": "the menu of a message; each act in it has its door",
    "GET /legal-holds/{hold}/lifting/new": FORM,
    "GET /legal-holds/choices": "what may be chosen in a field",
    "GET /mentions/{party}": "leads to the page of whoever is called; a program has their id from the message",
    "GET /mentions/unheard": "told while one writes; a program reads in `members` who takes part",
}


def shown() -> list[str]:
    """What pages of conversations show."""
    return [key for key in MATRIX if key.startswith("GET /") and key.split(" ")[1].startswith(TALKS)]


def test_what_a_page_of_conversations_shows_is_had_over_the_api() -> None:
    assert len(shown()) > 30
    lacking = [page for page in shown() if page not in SHOWN_ALONE and twin(READ_AT.get(page, page)) not in MATRIX]
    assert lacking == []


def test_the_pages_of_conversations_without_a_door_need_to_be_named() -> None:
    assert not (READ_AT.keys() | SHOWN_ALONE.keys()) - set(shown()), "of pages that there are"
    assert not READ_AT.keys() & SHOWN_ALONE.keys()
    assert [page for page in SHOWN_ALONE if twin(page) in MATRIX] == [], "what has a door by now is no exception"
