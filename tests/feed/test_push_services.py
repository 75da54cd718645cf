"""Services that hand over pop-ups: only such as are outside, with keys that browsers have; none is waited for."""

import socket
import threading
import time

import pytest

from collab.feed.pushing.models import PushSubscription
from collab.feed.pushing.reaching import NotOutside, is_outside, status_of

from .push_service import SHORT, SUBSCRIPTIONS, Browser, kept


def test_an_answer_that_drips_is_not_waited_for():
    line, service = socket.socketpair()
    ended = threading.Event()

    def drip() -> None:
        while not ended.wait(0.02):
            service.send(b"H")

    with line, service:
        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            with pytest.raises(TimeoutError):
                status_of(line, time.monotonic() + 0.3)
        finally:
            ended.set()
            dripping.join()
    whole, service = socket.socketpair()
    with whole, service:
        service.sendall(b"HTTP/1.1 201 Created\r\nLocation: x\r\n\r\n")
        assert status_of(whole, time.monotonic() + 60) == 201


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.net/x", "https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://push/x",
        "https://push.example.net:8443/x", "https://eve@push.example.net/x", "https://push.example.net\\@in.house/x",
        "https://push.example.net/x#y", "https://2130706433/", "https://0x7f.1/", "ftp://push.example.net/",
        "https://push.example.net/\u0000", "https://push.example.net/ x", "https://πύλη.example/", "//push.example.net",
        "https://push.example.net:x/", "https://[push.example.net/", "javascript:alert(1)", "",
        "https://push.example.net/" + "x" * 1000,
    ],
)  # fmt: skip
def test_only_the_address_of_a_service_outside_is_taken(app, api_of, endpoint):
    answer = api_of("Eleni").post(SUBSCRIPTIONS, json={**Browser().says, "endpoint": endpoint})
    assert answer.status_code == 422
    assert "endpoint" in answer.text
    assert kept(app, PushSubscription) == 0


def test_a_name_that_leads_into_the_house_is_not_followed(app, cast, monkeypatch):
    from collab.feed.pushing import reaching

    inside = [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "::",
        "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "ff02::1", "x",
        "255.255.255.255", "240.0.0.1", "::7f00:1", "fec0::1", "192.88.99.1", "192.0.0.8", "3fff::1", "2001:2::1",
        "2001:db8::1", "5f00::1",
    ]  # fmt: skip
    assert [address for address in inside if is_outside(address)] == []
    assert is_outside("8.8.8.8")
    assert is_outside("2a00:1450:4001:800::200e")
    both = [(2, 1, 6, "", (address, 443)) for address in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(reaching.socket, "getaddrinfo", lambda *_args, **_more: both)
    with pytest.raises(NotOutside):
        reaching.hand_in("https://push.example.net/x", {}, b"")


@pytest.mark.parametrize(
    "wrong",
    [{"p256dh": "BAAA"}, {"p256dh": "é"}, {"p256dh": SHORT}, {"auth": "AAAA"}, {"auth": "\ud800"}, {"x": "1"}],
)
def test_keys_that_no_browser_has_are_refused(app, api_of, wrong):
    assert api_of("Eleni").post(SUBSCRIPTIONS, json={**Browser().says, **wrong}).status_code == 422
    assert kept(app, PushSubscription) == 0
