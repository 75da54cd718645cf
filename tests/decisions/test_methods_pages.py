"""Of every method there is one page: its idea, its formula, where it comes from, what it is bad at."""

import re
from pathlib import Path

import pytest

from collab.decisions.counting.methods import METHODS

PAGES = Path(__file__).parents[2] / "docs" / "methods"
PARTS = ["Idea", "Formula", "Source", "What it is bad at"]
OTHERS = {"README", "oracles", "ties"}


def test_no_method_is_without_its_page_no_page_without_its_method_and_the_list_names_all() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - OTHERS == set(METHODS)
    listed = re.findall(
        r"^\| \[[^\]]+\]\(([a-z-]+)\.md\) \| `([a-z-]+)` \|", (PAGES / "README.md").read_text("utf-8"), re.M
    )
    assert dict(listed) == {method: method for method in METHODS}


@pytest.mark.parametrize("method", sorted(METHODS))
def test_a_page_has_its_four_parts_in_their_order_and_each_says_something(method: str) -> None:
    text = (PAGES / f"{method}.md").read_text("utf-8")
    assert re.match(r"# \S", text)
    parts = re.split(r"^\*\*([^*]+)\.\*\*", text, flags=re.M)
    said = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert [name for name in said if name in PARTS] == PARTS
    for name in PARTS:
        assert len(said[name].split()) >= 4, name
    source = said["Source"]
    assert re.search(r"\b1[789]\d\d\b|\b20\d\d\b|\[[^\]]+\]\([^)]+\)", source), (
        "a source has its year, or a page to read"
    )
