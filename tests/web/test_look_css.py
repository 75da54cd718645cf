"""The laws of the style sheets: one place for colours and sizes, no left and right, focus always seen."""

import json
import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
SHEETS = sorted((FRONTEND / "css").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
    r"|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\s*:|text-align:\s*(?:left|right)|(?<![\w-])float\s*:"
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|:\s*(?:white|black|red|gray|grey)\b", re.I)
SIZES = {12, 13, 14, 16, 20, 28}


def rules(path: Path) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    return [line.strip() for line in text.splitlines() if line.strip()]


def found(pattern: re.Pattern[str], *, but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path.name}: {line}"
        for path in SHEETS
        if path.name not in but
        for line in rules(path)
        if pattern.search(line) and not line.startswith("@")
    ]


def test_there_are_sheets_to_look_at() -> None:
    assert len(SHEETS) > 15


@pytest.mark.parametrize("planted", ["margin-left: 4px;", ".a { width: 3rem; }", "left: 0;", "text-align: right;"])
def test_a_physical_direction_is_seen(planted: str) -> None:
    assert PHYSICAL.search(planted)


def test_nothing_knows_left_from_right() -> None:
    assert found(PHYSICAL) == []


def test_colours_come_from_the_tokens() -> None:
    assert found(COLOUR) == []


def test_every_token_in_use_exists() -> None:
    colours = set(json.loads((FRONTEND / "tokens.json").read_text())["light"])
    text = "\n".join(path.read_text(encoding="utf-8") for path in SHEETS)
    defined = colours | set(re.findall(r"--([\w-]+)\s*:", text))
    # With a second value in var() a token may be given by the element alone.
    used = set(re.findall(r"var\(--([\w-]+)\)", text))
    assert used - defined == set()


def test_text_has_six_sizes() -> None:
    scale = (FRONTEND / "css/scale.css").read_text()
    sizes = {round(float(rem) * 16) for rem in re.findall(r"--size-\d+:\s*([\d.]+)rem", scale)}
    assert sizes == SIZES
    odd = [
        line
        for line in found(re.compile(r"font-size:\s*[\d.]+(?:rem|px)"))
        if ".icon" not in line and ".avatar" not in line and "avatar" not in line and "0.6875rem" not in line
    ]
    assert odd == []


def test_focus_is_never_taken_away_without_another_ring() -> None:
    """Only where the ring is drawn around something larger, or the element cannot be reached by Tab."""
    allowed = ('[tabindex="-1"]:focus', ":is(a.row-title", ".composer textarea", ".many-more > .input")
    assert [
        line for line in found(re.compile(r"outline:\s*(?:none|0)")) if not any(part in line for part in allowed)
    ] == []
    assert ":focus-visible { outline: 2px solid var(--focus)" in (FRONTEND / "css/base.css").read_text()


def test_motion_and_forced_colours_are_respected() -> None:
    base = (FRONTEND / "css/base.css").read_text()
    assert "prefers-reduced-motion: reduce" in base
    assert "forced-colors: active" in base


def test_sheets_stay_small() -> None:
    assert [path.name for path in SHEETS if len(path.read_text(encoding="utf-8").splitlines()) > 200] == []
