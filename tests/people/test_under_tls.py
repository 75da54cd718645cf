"""What an installation under TLS adds to every answer."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.cast import PASSWORD, Cast

HOUSE = "https://localhost"


@pytest.fixture
def under_tls(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "COLLAB_URL", HOUSE)


def _sign_in(client: Any, cast: Cast, base: str) -> Any:
    return client.post("/sign-in", data={"email": cast.email("Eleni"), "password": PASSWORD}, base_url=base)


def test_the_session_cookie_comes_from_this_host_alone_and_never_travels_in_the_clear(
    cast: Cast, client_of: Callable[..., Any], under_tls: None
) -> None:
    client = client_of(None)
    answer = _sign_in(client, cast, HOUSE)
    given = {line.split("=", 1)[0]: line.split("; ")[1:] for line in answer.headers.getlist("Set-Cookie")}
    assert "__Host-collab" in given
    for name, manners in given.items():
        assert "Secure" in manners, name
        assert "Path=/" in manners, name
        assert not [one for one in manners if one.startswith("Domain")], name
    assert client.get("/profile", base_url=HOUSE).status_code == 200


def test_browsers_are_told_to_stay_with_tls(client_of: Callable[..., Any], under_tls: None) -> None:
    for path in ("/sign-in", "/healthz", "/nothing-here", "/api/v1/me"):
        assert client_of(None).get(path, base_url=HOUSE).headers["Strict-Transport-Security"] == "max-age=31536000"


def test_without_tls_neither_is_promised(cast: Cast, client_of: Callable[..., Any]) -> None:
    answer = _sign_in(client_of(None), cast, "http://localhost")
    assert "Strict-Transport-Security" not in answer.headers
    assert "collab" in {line.split("=", 1)[0] for line in answer.headers.getlist("Set-Cookie")}
    assert not [line for line in answer.headers.getlist("Set-Cookie") if "Secure" in line]
