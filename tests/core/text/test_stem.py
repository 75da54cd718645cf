from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.text.fold import fold
from collab.core.text.greeklish import sound
from collab.core.text.stem import LONGEST_WORD, stem, words
from tests.importing.real import needs

ROOT = Path(__file__).resolve().parents[3]
CARRIED = ROOT / "tests" / "data" / "text"

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def stems(text):
    return [word.stem for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("κλαδέματα", "ΚΛΑΔΕΜΑ"),
        ("διευθύνσεων", "Διεύθυνση"),
        ("Δήμου", "δήμοι"),
        ("αποφάσεις", "ΑΠΟΦΑΣΗ"),
        ("∆ήµων", "δήμος"),
        ("organisations", "Organisation"),
        ("voted", "voting"),
        ("کتاب‌ها", "کتاب"),
        ("کتابها", "کتاب"),
        ("کتاب ها", "کتاب‌های"),
        ("خانه‌ی", "خانهٔ"),
        ("بزرگ‌تر", "بزرگ"),
        ("می‌روم", "می روم"),
        ("شهرداري‌ها", "شهرداری"),
        ("کارمندان", "كارمند"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize("text", ["PARKS-214", "6ΨΛΔΩΡΦ-ΘΞ4", "۱۴۰۵", "12345/2026"])
def test_references_and_numbers_stay_whole(text):
    assert all(word.stem == word.folded for word in words(text) if any(char.isdigit() for char in word.folded))
    assert [word.folded for word in words(text)] == fold(text).replace("/", "-").split("-")


def test_a_persian_compound_is_known_joined_and_by_its_parts():
    (word,) = words("دانش‌آموزان")
    assert word.stem == stem("دانشاموزان")
    assert word.parts == (stem("دانش"), stem("اموزان"))


def test_affixes_alone_are_no_words_but_leave_the_text_standing():
    assert stems("می") == []
    assert stems("می‌ها") == [stem("ها")]


def test_a_word_without_end_is_cut():
    (word,) = words("α" * 100_000)
    assert len(word.folded) == LONGEST_WORD


@given(ANY)
def test_every_word_is_folded_short_and_has_a_stem(text):
    for word in words(text):
        assert word.stem
        assert len(word.folded) <= LONGEST_WORD
        assert fold(word.folded) == word.folded


def pairs(file):
    with file.open(encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines]


@pytest.mark.parametrize("language", ["greek", "persian"])
def test_stems_agree_with_those_of_the_snowball_project(language):
    rows = pairs(CARRIED / f"snowball_{language}.tsv")
    assert len(rows) > 150
    assert [word for word, right in rows if stem(word) != (right or word)] == []


@pytest.mark.parametrize("language", ["el", "fa"])
def test_stems_agree_with_snowball_on_its_whole_vocabulary(language):
    rows = pairs(needs(f"text_el_fa/{language}_snowball_word_stem_odd.tsv"))[::10]
    assert [word for word, right in rows if stem(word) != (right or word)] == []


@pytest.mark.parametrize(
    ("file", "least", "least_by_sound"),
    [("el_gud-ud-train", 0.87, 0.95), ("fa_seraji-ud-dev", 0.58, 0.58), ("fa_perdt-ud-dev", 0.51, 0.51)],
)
def test_forms_of_one_lemma_meet_in_real_sentences(file, least, least_by_sound):
    """Folding alone joins 6 to 9 % of these pairs. What is missing in Persian: broken plurals and the suffix ی."""
    forms = defaultdict(set)
    for line in needs(f"text_el_fa/{file}.conllu").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 10 and cells[0].isdigit() and cells[3] in ("NOUN", "ADJ", "PROPN"):
            forms[cells[2].split("#")[0], cells[3]].add(cells[1])
    met = [(one, other) for group in forms.values() for one, other in combinations(sorted(group), 2)]
    by_stem = [stems(one) == stems(other) for one, other in met]
    by_sound = [
        same or (sound(fold(one)) == sound(fold(other)) is not None)
        for same, (one, other) in zip(by_stem, met, strict=True)
    ]
    assert sum(by_stem) / len(met) >= least
    assert sum(by_sound) / len(met) >= least_by_sound
