"""The colours of every theme can be read: ratios by WCAG 2.2, computed from the tokens themselves."""

import json
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
TOKENS: dict[str, dict[str, str]] = json.loads((FRONTEND / "tokens.json").read_text())
STATES = ("new", "active", "waiting", "done", "cancelled", "urgent")
SURFACES = ("surface-0", "surface-1", "surface-2", "surface-3")


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(rgb: tuple[float, float, float]) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, share: float, ground: str) -> tuple[float, float, float]:
    """`share` of `colour` over `ground`, as color-mix(in srgb) does it."""
    front, back = channels(colour), channels(ground)
    red, green, blue = (share * f + (1 - share) * b for f, b in zip(front, back, strict=True))
    return red, green, blue


def texts() -> list[tuple[str, str]]:
    """Every pair of text and ground that a component puts together."""
    pairs = [(text, ground) for text in ("text-strong", "text", "text-muted") for ground in (*SURFACES, "accent-soft")]
    pairs += [("accent", ground) for ground in ("surface-0", "surface-1", "surface-2", "accent-soft")]
    pairs += [
        (state, ground) for state in STATES for ground in ("surface-0", "surface-1", "accent-soft", f"{state}-soft")
    ]
    pairs += [("text-strong", f"{state}-soft") for state in STATES]
    pairs += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("on-urgent", "urgent")]
    pairs += [("surface-1", "text-strong"), ("text-strong", "mark"), ("accent-strong", "surface-1")]
    return pairs


SHAPES = [
    *(("line-strong", ground) for ground in ("surface-0", "surface-1", "surface-2")),
    *(("accent", ground) for ground in SURFACES),
    *(("focus", ground) for ground in (*SURFACES, "accent-soft")),
    *(("urgent", ground) for ground in ("surface-0", "surface-1")),
]


def test_the_measure_knows_black_on_white_and_a_published_pair() -> None:
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio(channels("#767676"), channels("#ffffff")) == pytest.approx(4.54, abs=0.01)


def test_every_theme_names_the_same_colours() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys() == TOKENS["contrast"].keys()


@pytest.mark.parametrize(("theme", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 7.0)])
def test_text_stands_out(theme: str, least: float) -> None:
    colours = TOKENS[theme]
    weak = {
        (text, ground): round(found, 2)
        for text, ground in texts()
        if (found := ratio(channels(colours[text]), channels(colours[ground]))) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", TOKENS)
def test_shapes_stand_out(theme: str) -> None:
    colours = TOKENS[theme]
    weak = {
        (shape, ground): round(found, 2)
        for shape, ground in SHAPES
        if (found := ratio(channels(colours[shape]), channels(colours[ground]))) < 3
    }
    assert weak == {}


@pytest.mark.parametrize("theme", TOKENS)
def test_initials_can_be_read_on_their_tint(theme: str) -> None:
    colours = TOKENS[theme]
    weak = {
        name: round(found, 2)
        for name in (f"hue-{n}" for n in range(8))
        if (found := ratio(channels(colours[name]), mixed(colours[name], 0.16, colours["surface-1"]))) < 4.5
    }
    assert weak == {}
