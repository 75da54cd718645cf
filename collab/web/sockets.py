"""The line down to open pages. It speaks hints; up it hears only "typing" and "seen".

Whoever asks for an acknowledgement of what they said up the line is answered: `{"ok": true}` with what became of it, or
`{"ok": false, "status", "reason"}` as over HTTP, with `retry_after` in seconds where too much was said, and the line
stands. Nothing is said to those who ask for none.

A page says from which instant on it knows nothing (`since`, milliseconds); what its reader's rooms were told from then
until it sits in them is told again, or, where that is not known, that it should ask (`missed`).

Who may sit in which room follows from who they are. When that changes, a person is moved before the next thing is told;
and it is asked again of everybody every three seconds, so that a lost word of it costs no more, Redis or not.
"""

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any, Final

from flask import Flask, request
from flask_socketio import ConnectionRefusedError, SocketIO

from collab.core import realtime
from collab.core.actor import Actor
from collab.core.errors import Busy, NotFound, Problem, SignInNeeded, TooMany
from collab.core.i18n import N_, _, speaking

from .actors import actor_or_none
from .broadcasting import Broadcasting, take_over
from .hurry import Hurry
from .lately import Hint, Lately
from .seated import Seated
from .strangers import Strangers

log = logging.getLogger(__name__)

EVERY = 3.0
SOON = 0.1
MOST_FRAME = 4_096
MOST_LINES: Final = 50
"""Lines of one person to one process: more pages than anybody has open. A page without one asks now and then."""
LATER: Final = 60
MANY: Final = N_(
    "You have %(limit)s pages open already. This one asks for news now and then; close some to be told at once."
)
NO_EVENT: Final = N_("There is no such event. Up the line go “seen” and “typing” alone.")

Verify = Callable[[list[Actor]], list[Actor | None]]


class Seats:
    """The sockets of this process and who sits behind each."""

    def __init__(self) -> None:
        self.by_sid: dict[str, Actor] = {}
        self.lines: Counter[int] = Counter()  # of each person
        self.askings = count(1)
        self.known_from: dict[str, int] = {}  # the asking by which a seat was settled last
        self.watching = False
        self.people = Seated()
        self.hurry = Hurry()
        self.changed: Any = None  # set when somebody's rights are others now

    def seat(self, sid: str, who: Actor) -> None:
        self.by_sid[sid] = who
        self.lines[who.person_id] += 1

    def unseat(self, sid: str) -> None:
        self.known_from.pop(sid, None)
        who = self.by_sid.pop(sid, None)
        if who is not None:
            self.lines[who.person_id] -= 1
            last = not self.lines[who.person_id]
            if last:
                del self.lines[who.person_id]
            self.hurry.forget(sid, who.person_id if last else None)


def broker_options(redis_url: str | None) -> dict[str, Any]:
    """How the line to the broker is kept. A Unix socket knows no keepalive and refuses the word."""
    kept = {} if (redis_url or "").startswith("unix:") else {"socket_keepalive": True}
    return {"socket_connect_timeout": 0.5, **kept}


def install(app: Flask, verify: Verify, redis_url: str | None) -> SocketIO:
    """Attach the socket server. `verify` says, for actors seated earlier, who they are now (None: nobody)."""
    origins = list(app.config["COLLAB_ORIGINS"])
    manager = Broadcasting(redis_url, redis_options=broker_options(redis_url))
    sockets = SocketIO(
        app,
        async_mode="gevent" if app.config["COLLAB_ENV"] != "test" or app.config.get("SOCKETS") else "threading",
        client_manager=manager if redis_url else None,
        cors_allowed_origins=origins,
        async_handlers=False,
        manage_session=False,
        max_http_buffer_size=MOST_FRAME,
        ping_interval=20,
        ping_timeout=20,
        logger=False,
        engineio_logger=False,
    )
    if redis_url:
        realtime.speak_through(manager)
    take_over(sockets.server.eio)
    strangers = Strangers(sockets.server.eio)
    seats = Seats()
    seats.changed = sockets.server.eio.create_event()
    manager.reseat = partial(_rights_changed, app, sockets, seats, verify)

    @sockets.on("connect")  # type: ignore[untyped-decorator]
    def connect(auth: Any = None) -> bool:
        origin = request.headers.get("Origin")
        if isinstance(auth, dict) and auth.get("token"):
            who = _by_token(app, auth)  # a wrong token is never made up for by a cookie
        else:
            who = actor_or_none() if origin in origins else None
        if who is None or not who.may_scope("read"):
            return False
        if seats.lines[who.person_id] >= MOST_LINES:
            with speaking(who.locale):
                raise ConnectionRefusedError(_(MANY, limit=MOST_LINES), {"status": 429, "retry_after": LATER})
        sid = request.sid  # type: ignore[attr-defined]
        seats.seat(sid, who)
        strangers.seated(sockets.server.manager.eio_sid_from_sid(sid, "/"))
        for room in who.rooms:
            sockets.server.enter_room(sid, room)
        if redis_url and isinstance(auth, dict) and isinstance(auth.get("since"), int | float):
            _catch_up(sockets, manager.lately, sid, who, auth["since"] / 1000)
        if not seats.watching:
            seats.watching = True
            sockets.start_background_task(_watch, app, sockets, seats, verify)
        return True

    @sockets.on("disconnect")  # type: ignore[untyped-decorator]
    def disconnect(*_reason: Any) -> None:
        seats.unseat(request.sid)  # type: ignore[attr-defined]

    for package in app.extensions["collab"]:
        for event, hear in package.sockets.items():
            sockets.on_event(event, _heard(seats, hear))
    sockets.on_event("*", lambda _event, *_more: _heard(seats, _unknown)())
    return sockets


def _catch_up(sockets: SocketIO, lately: Lately, sid: str, who: Actor, since: float) -> None:
    """What a page missed before its line came, to this line alone."""
    hints = lately.since(since, who.rooms)
    for event, data in [Hint(realtime.MISSED, {})] if hints is None else hints:
        sockets.server.emit(event, data, to=sid, ignore_queue=True)


def _unknown(_actor: Actor, _data: Any) -> None:
    raise NotFound(_(NO_EVENT))


def _heard(seats: Seats, hear: Callable[[Actor, Any], dict[str, Any] | None]) -> Callable[..., dict[str, Any]]:
    """What is said up the line by somebody seated, and what they are answered. What they may not see and what is not
    there are answered alike."""

    def handle(data: Any = None, *_more: Any) -> dict[str, Any]:
        who = seats.by_sid.get(request.sid)  # type: ignore[attr-defined]
        if who is None:
            return _refusal(SignInNeeded())
        with speaking(who.locale):
            try:
                seats.hurry.hold_back(request.sid, who.person_id)  # type: ignore[attr-defined]
                return {"ok": True, **(hear(who, data) or {})}
            except Problem as problem:
                return _refusal(problem)
            except Exception:
                log.exception("something said up the line was not heard")
                return _refusal(Busy())

    return handle


def _refusal(problem: Problem) -> dict[str, Any]:
    said: dict[str, Any] = {"ok": False, "status": problem.status, "reason": problem.sentence()}
    if isinstance(problem, TooMany):
        said["retry_after"] = problem.retry_after
    return {**said, "fields": dict(problem.fields)} if problem.fields else said


def _by_token(app: Flask, auth: dict[str, Any]) -> Actor | None:
    found: Actor | None = app.extensions["recognise_token"](str(auth["token"])[:200])
    if found is None:
        with suppress(Problem):  # too many: refused as every wrong one is
            app.extensions["note_wrong_secret"](request)
    return found


def _watch(app: Flask, sockets: SocketIO, seats: Seats, verify: Verify) -> None:
    """Every few seconds, and when rights have changed: who of those seated still is who they were? And were hints of
    this process lost, which others wait for?"""
    while seats.by_sid or not seats.people.empty:
        if seats.changed.wait(EVERY):
            sockets.sleep(SOON)  # what changes together is asked about once
        seats.changed.clear()
        try:
            seats.people.look(list(seats.by_sid.values()))
        except Exception:  # who is here is a kindness; who may sit is not
            log.exception("could not tell who is here")
        _ask_again(app, sockets, seats, verify, dict(seats.by_sid))
        try:
            realtime.say_what_was_lost()
        except Exception:  # tried again in the next round; this loop is the only one that unseats
            log.exception("could not say which hints were lost")
    seats.watching = False


def _rights_changed(app: Flask, sockets: SocketIO, seats: Seats, verify: Verify, person: int | None) -> None:
    """Move this person now, before anything else is told; whoever stands in for them, or the many, a moment later."""
    if person is not None:
        _ask_again(app, sockets, seats, verify, {s: who for s, who in seats.by_sid.items() if who.person_id == person})
    seats.changed.set()


def _ask_again(app: Flask, sockets: SocketIO, seats: Seats, verify: Verify, seated: dict[str, Actor]) -> None:
    if not seated:
        return
    asking = next(seats.askings)  # by when it began: whoever asked later knows better, whoever comes back first
    try:
        with app.app_context():
            now = verify(list(seated.values()))
    except Exception as error:  # the database is away: nobody is unseated for that
        log.warning("could not ask who is still signed in: %s", type(error).__name__)
        return
    for sid, after in zip(seated, now, strict=True):
        before = seats.by_sid.get(sid)
        if before is None or seats.known_from.get(sid, 0) > asking:
            continue
        seats.known_from[sid] = asking
        try:
            _reseat(sockets, seats, sid, before, after)
        except Exception:  # one seat that cannot be changed never keeps the others
            log.exception("a seat could not be changed")


def _reseat(sockets: SocketIO, seats: Seats, sid: str, before: Actor, after: Actor | None) -> None:
    """Let somebody sit where they may sit now; nobody sits anywhere."""
    if after is None:
        seats.unseat(sid)
        sockets.server.disconnect(sid)
        return
    seats.by_sid[sid] = after
    for room in set(before.rooms) - set(after.rooms):
        sockets.server.leave_room(sid, room)
    for room in set(after.rooms) - set(before.rooms):
        sockets.server.enter_room(sid, room)
