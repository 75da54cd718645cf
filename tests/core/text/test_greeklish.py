import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collab.core.text.fold import fold
from collab.core.text.greeklish import MOST_KEYS, readings, sound


@pytest.mark.parametrize(
    ("greek", "typed"),
    [
        ("διεύθυνση", "dieuthinsi dieythynsh diefthynsi dieu8unsh"),
        ("δήμος", "dimos dhmos"),
        ("υπηρεσία", "ypiresia uphresia ipiresia"),
        ("Χανιά", "xania hania chania khania"),
        ("έξω", "exo e3w ekso"),
        ("αύριο", "avrio aurio ayrio"),
        ("πολίτης", "politis politths"),
        ("απόφαση", "apofasi apofash apophasi"),
        ("εκκρεμότητα", "ekkremotita ekremothta"),
        ("Παπαδόπουλος", "papadopoulos"),
        ("μπάρα", "mpara bara"),
        ("Θεσσαλονίκη", "thessaloniki thesaloniki"),
        ("ευχαριστώ", "efxaristo euxaristw efharisto eyxaristw"),
        ("άγγελος", "aggelos angelos"),
        ("σχέδιο", "sxedio shedio schedio"),
        ("ημέρα", "imera hmera"),
        ("ντομάτα", "ntomata domata"),
        ("ψήφος", "psifos 4hfos"),
        ("βιβλιοθήκη", "vivliothiki bibliothiki biblio8iki"),
    ],
)
def test_every_way_of_typing_is_heard_as_the_word(greek, typed):
    for one in typed.split():
        assert sound(fold(greek)) in readings(fold(one))


def test_cases_of_a_noun_and_its_common_misspelling_sound_alike():
    assert len({sound(fold(word)) for word in ["υπηρεσία", "υπηρεσίες", "υπηρεσιών", "υπηρεσίας", "ηπιρεσία"]}) == 1


def test_different_words_sound_different():
    heard = ["δήμος", "δρόμος", "διεύθυνση", "διαύγεια", "απόφαση", "αίτηση", "άδεια", "οδός", "πόλη", "πύλη"]
    assert len({sound(fold(word)) for word in heard}) == len(heard)


@pytest.mark.parametrize("word", ["", "το", "καφέ2", "abc", "کتاب"])
def test_only_greek_words_of_some_length_have_a_sound(word):
    assert sound(fold(word)) is None


@pytest.mark.parametrize("word", ["", "to", "1234", "δημος", "کتاب", "a-b", "ß"])
def test_only_latin_words_of_some_length_have_readings(word):
    assert readings(word) == ()


@given(st.text("abcdefghijklmnopqrstuvwxyz3489", min_size=3, max_size=64))
def test_readings_are_few(word):
    assert len(readings(word)) <= MOST_KEYS


@pytest.mark.nightly
def test_the_worst_word_is_read_at_once():
    begun = time.process_time()
    readings.__wrapped__("xuthxuth" * 1000)
    sound.__wrapped__("αυ" * 5000)
    assert time.process_time() - begun < 0.5
