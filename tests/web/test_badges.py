"""Badges beside the navigation."""

import pytest

from collab.core.i18n import speaking
from collab.web.shell import counted


@pytest.mark.parametrize(
    ("locale", "number", "said"),
    [("en", 0, ""), ("en", 7, "7"), ("el", 99, "99"), ("en", 100, "99+"), ("fa", 7, "۷"), ("fa", 100, "۹۹+")],
)
def test_a_badge_speaks_the_digits_of_the_reader(locale: str, number: int, said: str):
    with speaking(locale):
        assert counted(number) == said
