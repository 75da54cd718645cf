"""Recall on text that nobody here wrote: inflected words, paraphrases, names, in Greek, Persian and English.

The figures are floors: what was measured, rounded down. Where the folder is absent small samples are taken.
"""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest
from sqlalchemy import text

from collab.core.db import db, writing
from collab.core.text.fold import fold
from collab.core.text.greeklish import readings, sound
from collab.core.text.keys import key
from collab.core.text.near import apart, neighbourhood, slips
from collab.core.text.stem import stem, words
from collab.core.text.vector import vector
from collab.feed.search.asking import asked
from tests.importing.real import needs

_LATIN = str.maketrans("αβγδεζηικλμνοπρσςτυφωχ", "abgdeziiklmnoprsstyfox")
_PAIRS = {"θ": "th", "ξ": "ks", "ψ": "ps"}


def lemmas(file: Path, letters: str) -> dict[str, set[str]]:
    """Lemma → the folded forms of nouns and adjectives in which it is met in a treebank."""
    found = defaultdict(set)
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if (
            len(cells) == 10
            and cells[3] in ("NOUN", "ADJ")
            and re.fullmatch(f"[{letters}\u200c]{{4,}}", fold(cells[1]))
        ):
            found[fold(cells[2])].add(cells[1])
    return {lemma: forms for lemma, forms in found.items() if len(forms) > 1}


def found_by(form: str) -> set[str]:
    """The lexemes by which one form is found."""
    return {lexeme for word in words(form) for lexeme in (word.stem, *word.parts, key(word.folded) or word.stem)}


@pytest.mark.parametrize(
    ("name", "letters", "floor"),
    [("el_gud-ud-train.conllu", "α-ω", 0.95), ("fa_perdt-ud-dev.conllu", "\u0620-\u06cc", 0.85)],
)
def test_forms_of_a_word_find_each_other(name, letters, floor):
    groups = lemmas(needs(f"text_el_fa/{name}"), letters)
    hits = total = 0
    for forms in groups.values():
        keys = [found_by(form) for form in sorted(forms)]
        for one in range(len(keys)):
            for other in range(len(keys)):
                if one != other:
                    total += 1
                    hits += bool(keys[one] & keys[other])
    print(f"{name}: {hits / total:.3f} of {total} pairs of forms")
    assert hits / total >= floor


def _typed(word: str) -> str:
    """Greek as it is commonly typed in Latin letters: mostly by the look, ου by the sound."""
    return "".join(_PAIRS.get(letter, letter) for letter in word.replace("ου", "ou")).translate(_LATIN)


def test_greek_typed_in_latin_letters_finds_the_greek_word():
    rows = needs("text_el_fa/el_snowball_word_stem_odd.tsv").read_text(encoding="utf-8").splitlines()[::20]
    greek = [fold(row.split("\t")[0]) for row in rows]
    greek = [word for word in greek if re.fullmatch("[α-ω]{4,}", word)]
    typed = [_typed(word) for word in greek]
    hits = sum(sound(word) in readings(latin) for word, latin in zip(greek, typed, strict=True))
    print(f"greeklish: {hits / len(greek):.3f} of {len(greek)} words")
    assert hits / len(greek) >= 0.95


def test_names_with_a_slip_are_found_among_all_names():
    file = needs("text_el_fa/fa_given_names_odd.tsv")
    names = [fold(row.split("\t")[0]) for row in file.read_text(encoding="utf-8").splitlines()]
    names = sorted({name for name in names if 4 <= len(name) <= 12 and " " not in name})[::7]
    kept = defaultdict(set)
    for name in names:
        for left in neighbourhood(name):
            kept[left].add(name)
    hits = 0
    for place, name in enumerate(names):
        slipped = _slip(name, place)
        near = {other for left in neighbourhood(slipped) for other in kept[left]}
        hits += name in {other for other in near if apart(slipped, other) <= max(1, slips(slipped))}
    print(f"slips: {hits / len(names):.3f} of {len(names)} names")
    assert hits / len(names) >= 0.9


def _slip(name: str, place: int) -> str:
    """One slip: a letter left out, doubled, changed, or swapped with the next."""
    at = 1 + place % (len(name) - 2)
    return (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + "م" + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )[place % 4]


def found_among(documents: list[str], questions: list[str]) -> list[list[int]]:
    """For each question the places of the ten best documents, by the index's own words, query and weights."""
    with writing() as session:
        session.execute(text("create temporary table corpus (id bigint, vector tsvector) on commit drop"))
        rows = [{"id": n, "vector": vector([("A", document)])} for n, document in enumerate(documents)]
        session.execute(text("insert into corpus values (:id, cast(:vector as tsvector))"), rows)
        statement = text(
            "select id from corpus where vector @@ cast(:q as tsquery) "
            "order by ts_rank(vector, cast(:q as tsquery)) desc, id limit 10"
        )
        answers = []
        for question in questions:
            one = asked(question)
            answers.append(list(session.scalars(statement, {"q": one.some_words or "''"})))
    db.session.remove()
    return answers


def test_a_paraphrase_in_greek_finds_the_sentence(app):
    file = needs("text_el_fa/tatoeba-ell/ell.txt")
    groups = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        english, greek, *_rest = line.split("\t")
        if len(greek.split()) >= 5:
            groups[english].append(greek)
    pairs = [group[:2] for group in groups.values() if len(group) > 1][:400]
    with app.app_context():
        answers = found_among([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    recall = sum(place in found for place, found in enumerate(answers)) / len(pairs)
    print(f"paraphrases: {recall:.3f} of {len(pairs)} in the first ten")
    assert recall >= 0.95


def test_a_title_finds_the_text_of_its_suggestion(app):
    with needs("suggestions/es_decide_madrid_proposals_a.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if len(row["description"]) > 80][:400]
    with app.app_context():
        answers = found_among([row["description"][:2_000] for row in rows], [row["title"] for row in rows])
    recall = sum(place in found for place, found in enumerate(answers)) / len(rows)
    print(f"suggestions: {recall:.3f} of {len(rows)} in the first ten")
    assert recall >= 0.75


def test_stems_are_those_of_the_snowball_project():
    for language, floor in (("el", 0.99), ("fa", 0.95)):
        file = needs(f"text_el_fa/{language}_snowball_word_stem_odd.tsv")
        rows = [row.split("\t") for row in file.read_text(encoding="utf-8").splitlines()[::10]]
        rows = [(fold(word), fold(expected)) for word, expected in rows]
        agreed = sum(stem(word) == expected for word, expected in rows) / len(rows)
        print(f"{language} stems: {agreed:.3f} of {len(rows)}")
        assert agreed >= floor
