"""Whoever may read no more hears no more: over real sockets, in a process that asks only when it is told to."""

import pytest
import socketio

from collab.core import clock, realtime
from collab.messaging.rooms import rooms_of_unit
from tests.machine.copies import soon
from tests.messaging.serving import Page, Web
from tests.messaging.standing import membership_of

V1 = "/api/v1"


@pytest.fixture(params=["patient_line", "crowded_line"])
def web(servers, clones, app, tmp_path, monkeypatch, request):
    """One web process, and this one speaking to its pages through Redis as a second one would."""
    one = Web(servers, clones, tmp_path / "a", f"tests.messaging.{request.param}")
    monkeypatch.setattr(realtime, "_voice", None)
    try:
        assert soon(lambda: one.process.poll() is not None or one.ready(), 400)
        assert one.process.poll() is None, (tmp_path / "a.log").read_text()[-2000:]
        realtime.use(servers.redis_url)
        yield one
    finally:
        one.kill()


class Program:
    """A line opened with a token instead of a session."""

    def __init__(self, web, token, refused=None):
        self.line = socketio.Client(reconnection=False, websocket_extra_options={"suppress_origin": True})
        self.line.on("connect_error", (refused if refused is not None else []).append)
        self.line.connect(web.address, auth={"token": token}, transports=["websocket"])


def end(app, person):
    from collab.core.actor import SYSTEM
    from collab.people.commands.members import end_membership
    from collab.people.forms.organisation import CloseForm

    with app.app_context():
        end_membership(SYSTEM, membership_of(person), CloseForm(on=clock.today("Europe/Athens")))


def test_who_may_read_no_more_is_moved_before_the_next_word_and_a_closed_door_ends_the_line(
    web, app, signed_in, api_of, cast
):
    for wrong in ("", "nobody"):
        with pytest.raises(socketio.exceptions.ConnectionError):
            Page(web, wrong)
    with pytest.raises(socketio.exceptions.ConnectionError):
        Program(web, "nobody")

    nikos, numbers = api_of("Nikos"), iter(range(9))

    def say(text, where=f"units/{cast.PARKS}"):
        body = {"text": text, "nonce": f"n-{next(numbers)}"}
        assert nikos.post(f"{V1}/{where}/messages", json=body).status_code == 201

    direct = nikos.post(f"{V1}/conversations", json={"kind": "direct", "members": [cast.Eleni]}).json["id"]
    leaver, stays, program = api_of("Eleni"), Page(web, signed_in("Giorgos")), api_of("Giorgos")
    gone, robot = Page(web, signed_in("Eleni")), Program(web, program.token)
    third = Program(web, program.token)
    with pytest.raises(socketio.exceptions.ConnectionError):
        Program(web, program.token, refused := [])
    assert soon(lambda: "3 σελίδες ανοιχτές" in str(refused) and "'retry_after': 60" in str(refused), 20), refused
    third.line.disconnect()
    for nonsense in ("no-such-event", "reseat", "message"):
        assert gone.line.call(nonsense, {"person": None, "text": "I am Nikos"})["status"] == 404
    assert robot.line.call("seen", {"conversation": 10**9, "seq": 1})["status"] == 404
    say("Storm at six")
    assert soon(lambda: gone.said == stays.said == ["Storm at six"], 60)
    numbered = [str(number) for number in range(40)]
    with app.app_context():
        parks = rooms_of_unit(cast.PARKS)
    for number in numbered:
        realtime.emit("message", {"text": number}, parks)
    assert soon(lambda: gone.said[1:] == stays.said[1:] == numbered, 60)
    gone.said[1:] = stays.said[1:] = []

    end(app, cast.Eleni)
    say("Eleni left us")
    say("Goodbye", f"conversations/{direct}")
    assert soon(lambda: stays.said[1:] == ["Eleni left us"] and gone.said[1:] != [], 60)
    assert gone.said[1:] == ["Goodbye"]  # she is still signed in; what was said in Parks before it passed her over
    assert leaver.get(f"{V1}/units/{cast.PARKS}/messages").status_code == 404

    [token] = program.get(f"{V1}/tokens").json["items"]
    assert program.delete(f"{V1}/tokens/{token['id']}").status_code == 204
    assert soon(lambda: not robot.line.connected, 60)
    assert stays.line.connected
    for page in (gone, stays):
        page.line.disconnect()
