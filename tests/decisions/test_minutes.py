"""Minutes of a vote as a paper, in the three languages."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from collab.core.i18n import gettext, speaking
from collab.decisions.minutes import Counted, Entitled, Minutes, Reasoned, minutes_pdf, minutes_sheet

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
MARGIN = 67  # 24 mm in points, less what a letter hangs over


def minutes(language: str, **more: object) -> Minutes:
    values = {
        "language": language, "organisation": "Λευκοθέα", "unit": "Parks", "reference": "PARKS-214",
        "question": "Which park?", "time_zone": "Europe/Athens",
        "calendar": "jalali" if language == "fa" else "gregorian",
        "opened_at": datetime(2026, 11, 20, 7, 0, tzinfo=UTC), "closed_at": datetime(2026, 11, 25, 14, 0, tzinfo=UTC),
        "entitled": 29, "cast": 18, "taking_part": 18, "quorum": 15,
        "options": ("Seaside #1", "باغ مدرسه"), "rule": ("Ten of 18 pass.",),
        "roll": (Entitled("Ελένη Μάρκου", "head", "voted"),), "recused": (Reasoned("Νίκος", "owns the quarry"),),
        "rounds": (Counted("Round 1", (("Seaside #1", "10"), ("باغ مدرسه", "8")), ("Nobody drops out.",)),),
        "ties": ("None.",), "outcome": "Seaside it is.", "dissents": (Reasoned("شیرین", "هزینه‌ها مقایسه نشد."),),
        "facts": (("SHA-256", HASH),), "signatures": (("Chair", "Σοφία"),),
    }  # fmt: skip
    return Minutes(**(values | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Minutes of the vote PARKS-214",
                "15 (reached)",
                "Who stood aside",
                "Reasons of those who voted otherwise",
            ],
        ),
        ("el", ["Πρακτικό της ψηφοφορίας PARKS-214", "15 (επιτεύχθηκε)", "Ποιοι εξαιρέθηκαν"]),
        ("fa", ["۱۴۰۵", "باغ مدرسه"]),
    ],
)
def test_minutes_say_everything_in_their_language(language: str, words: list[str]) -> None:
    with pypdfium2.PdfDocument(minutes_pdf(minutes(language))) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    for each in words:
        assert each in text
    for gap in ("\r", "\n", "\u200b", "\ufffe", "\x02"):
        text = text.replace(gap, "")
    assert HASH in text or language == "fa"  # of mixed directions the reader of the file makes its own order


@pytest.mark.parametrize(
    ("language", "whole"),
    [("en", "28 November 2026, 01:29"), ("el", "28 Νοεμβρίου 2026, 01:29"), ("fa", "")],
)
def test_a_long_label_leaves_what_it_names_its_room_and_nothing_leaves_the_margin(language: str, whole: str) -> None:
    with speaking(language):
        label = gettext("Fingerprint of what stands fast since the opening (SHA-256)")
    opened = datetime(2026, 11, 27, 23, 29, tzinfo=UTC)
    made = minutes(language, facts=((label, HASH),), opened_at=opened, closed_at=opened)
    with pypdfium2.PdfDocument(minutes_pdf(made)) as document:
        page = document[0]
        text = page.get_textpage()
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
        assert min(box[0] for box in boxes) >= MARGIN
        assert max(box[2] for box in boxes) <= page.get_width() - MARGIN
        assert whole in text.get_text_range(), "the instant stands on one line"


def test_persian_minutes_run_from_right_to_left_with_their_own_digits() -> None:
    sheet = minutes_sheet(minutes("fa", cast=3, taking_part=3))
    assert sheet["rtl"]
    assert ["حد نصاب", "۱۵ (حاصل نشد)"] in sheet["sections"][1]["pairs"]


def test_the_roll_says_how_each_voted_and_of_a_confidential_vote_nothing() -> None:
    def heads(part: str) -> list[str]:
        sheet = minutes_sheet(minutes("en", roll=(Entitled("Shirin", "belongs to Parks", part),)))
        return next(section["columns"] for section in sheet["sections"] if "Entitled as" in section.get("columns", ()))

    assert heads("No") == ["No.", "Name", "Entitled as", "Their vote"]
    assert heads("") == ["No.", "Name", "Entitled as"]


def test_minutes_without_anything_optional_still_print() -> None:
    bare = Minutes(language="en", organisation="L", unit="", reference="L-1", question="?", time_zone="UTC")
    assert minutes_pdf(bare).startswith(b"%PDF")


def pages(**more: object) -> list[str]:
    with pypdfium2.PdfDocument(minutes_pdf(minutes("en", **more))) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("people", [0, 33, 36])
def test_nobody_signs_a_page_on_which_nothing_is_said(people: int) -> None:
    roll = tuple(Entitled(f"P{at}", "head", "Yes") for at in range(people))
    assert "stands" in pages(roll=roll, dissents=(), outcome="It stands. " * 60)[-1]
    one = Reasoned("Shirin", "because " * 30)
    assert "because" in pages(roll=roll, dissents=(one,))[-1]
    assert "because" in pages(roll=roll, dissents=(one, one))[-1]


def test_a_row_stays_on_one_page_and_one_longer_than_a_page_loses_nothing() -> None:
    each = tuple(Reasoned(f"P{at}", f"from{at} " + "and so " * 80 + f"to{at}.") for at in range(12))
    told = pages(dissents=each)
    assert len(told) > 2
    for at in range(12):
        assert [f"from{at} " in page for page in told] == [f"to{at}." in page for page in told]
    long = "".join(pages(dissents=(Reasoned("Shirin", "because " * 1_200 + "done"),)))
    assert long.count("because") == 1_200
    assert "done" in long
