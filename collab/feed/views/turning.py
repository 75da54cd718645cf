"""Addresses of a page of lines and of those before and after it."""

from typing import Any

from flask import url_for


def turn(endpoint: str, cursor: str | None, **which: Any) -> str | None:
    """The address of the page that `cursor` begins, None without one."""
    return address(endpoint, cursor, **which) if cursor else None


def address(endpoint: str, cursor: str | None, **which: Any) -> str:
    """The address of a page, from `cursor` on."""
    return url_for(endpoint, **which, after=cursor)
