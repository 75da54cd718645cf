"""A line that nobody sits on is cut after seconds; one that somebody sits on stands."""

import engineio

from collab.web import strangers
from tests.machine.copies import soon
from tests.messaging.serving import Page


def test_a_strangers_line_ends_and_that_of_somebody_signed_in_stands(web, signed_in):
    nikos = Page(web, signed_in("Nikos"))
    silent, asking = engineio.Client(), engineio.Client()
    for line in (silent, asking):
        line.connect(web.address, transports=["websocket"], engineio_path="socket.io")
    asking.send('0{"token":"nobody"}')  # asks to be seated, and is not
    assert silent.state == "connected"
    assert soon(lambda: silent.state == asking.state == "disconnected", strangers.PATIENCE + 10)
    assert nikos.line.connected
    assert Page(web, signed_in("Eleni")).line.connected, "and there is room for others"
