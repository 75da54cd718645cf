"""Whoever is deactivated is nobody from the next request on: session, token and lines, in processes as they serve.

Five seconds are the bound. What holds it is tested and not the clock: the doors refuse at once, the word that unseats
goes out by itself, and where that word is lost the lines are asked about every three seconds.
"""

import urllib.error
import urllib.request

import pytest
import socketio

from collab.core import realtime
from collab.web import sockets
from tests.machine.copies import soon
from tests.messaging.serving import Page, Web
from tests.messaging.test_unseating import Program

V1 = "/api/v1"


@pytest.fixture(params=["the word alone", "no word"])
def web(servers, clones, app, tmp_path, monkeypatch, request):
    """One web process: that moves people only when it is told to, or that is told nothing and asks by itself."""
    told = request.param == "the word alone"
    beats = "tests.messaging.patient_line" if told else "tests.messaging.quick_line"
    one = Web(servers, clones, tmp_path / "a", beats)
    monkeypatch.setattr(realtime, "_voice", None)
    try:
        assert soon(lambda: one.process.poll() is not None or one.ready(), 400)
        assert one.process.poll() is None, (tmp_path / "a.log").read_text()[-2000:]
        if told:
            realtime.use(servers.redis_url)
        yield one
    finally:
        one.kill()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_answer):
        return None


def status(web, path, **headers):
    """What a program of its own is answered over real HTTP."""
    asked = urllib.request.Request(f"{web.address}{path}", headers=headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(asked, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_whoever_is_deactivated_is_nobody_at_the_next_request_and_their_lines_end(web, api_of, signed_in, cast):
    cookie, program = signed_in("Eleni"), api_of("Eleni")
    as_page, as_program = {"Cookie": f"collab={cookie}"}, {"Authorization": f"Bearer {program.token}"}
    mine, robot, colleague = Page(web, cookie), Program(web, program.token), Page(web, signed_in("Giorgos"))
    assert (status(web, "/inbox", **as_page), status(web, f"{V1}/me", **as_program)) == (200, 200)

    assert api_of("Kostas").post(f"{V1}/people/{cast.Eleni}/deactivation").status_code == 201

    assert (status(web, "/inbox", **as_page), status(web, f"{V1}/me", **as_program)) == (303, 401)
    for comes_back in (lambda: Page(web, cookie), lambda: Program(web, program.token)):
        with pytest.raises(socketio.exceptions.ConnectionError):
            comes_back()
    assert soon(lambda: not mine.line.connected and not robot.line.connected, 60)
    assert colleague.line.connected
    colleague.line.disconnect()


def test_the_lines_are_asked_about_often_enough_for_five_seconds():
    assert sockets.EVERY + sockets.SOON < 5
