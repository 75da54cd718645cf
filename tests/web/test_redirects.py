"""After a change people come back to our own pages, and nowhere else."""

import pytest

from collab.web.pages import inside

OUTSIDE = [
    None, "", "https://evil.example", "http://evil.example", "//evil.example", "///evil.example", "/\\evil.example",
    "\\/evil.example", "\\\\evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x",
    "/\tevil", "\t//evil.example", " //evil.example", "/ /evil.example", "/\n/evil.example", "/\r\nLocation: x",
    "https:evil.example", "https:/evil.example", "evil.example", "./evil", "../evil", "?next=/", "#x", "/%0a\n",
    "/\x00", "/a\u2028b", "//evil.example@ours", "/" * 600, "/ok\\evil", "ftp://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_outside_is_never_followed(address: str | None) -> None:
    assert inside(address) is None


@pytest.mark.parametrize("address", ["/", "/work-items/PARKS-214", "/people?text=maria&after=x", "/a#b", "/%CE%B1"])
def test_our_own_pages_are(address: str) -> None:
    assert inside(address) == address
