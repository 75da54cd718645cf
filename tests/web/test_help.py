"""Help inside Collab: the guides in the reader's language, each saying the same, with its pictures."""

import re
from datetime import date

import pytest

from collab.core.i18n import LOCALES
from collab.web.help import DOCS, GUIDES, Picture, guide
from collab.work.filters.fields import word_of
from collab.work.filters.parse import parse
from collab.work.filters.values import Speaker
from collab.work.filters.write import write

TRANSLATED = [(name, locale) for name in GUIDES for locale in LOCALES if locale != "en"]


def plain(picture):
    """The name of a picture without the language it is in."""
    return re.sub(r"-(en|el|fa)(?=\.)", "", picture)


@pytest.mark.parametrize(("name", "locale"), TRANSLATED)
def test_a_translated_guide_has_the_same_headings_pictures_lists_and_marks(name, locale):
    ours, theirs = guide(name, "en"), guide(name, locale)
    assert len(theirs.chapters) == len(ours.chapters)
    for one, other in zip(ours.chapters, theirs.chapters, strict=True):
        shape = [[plain(part.name) if isinstance(part, Picture) else len(re.findall("<(?:li|pre|h3)", part))
                  for part in each.parts] for each in (one, other)]  # fmt: skip
        assert shape[0] == shape[1], (one.title, other.title)
        assert one.title != other.title or not one.title


def test_every_picture_is_there_and_every_guide_is_found_from_every_page(client_of):
    eleni = client_of("Eleni")
    assert 'href="/help"' in eleni.get("/").text
    for name in GUIDES:
        page = eleni.get(f"/help/{name}")
        assert page.status_code == 200
        for part in re.findall(r'src="(/help/pictures/[^"]+)"', page.text):
            assert eleni.get(part).content_type == f"image/{part.rpartition('.')[2]}"
        contents = re.findall(r'href="#(part-\d+)"', page.text)
        assert len(contents) > 5
        assert all(f'<h2 id="{part}">' in page.text for part in contents)
    assert [each for each in (DOCS / "guides").rglob("*.md") if "](../images" in each.read_text()]
    assert 'href="/help/bring-in-data"' not in page.text
    assert 'href="/help/bring-in-data"' in client_of("Kostas").get("/help").text
    assert 'href="/help/bring-in-data"' in client_of("Kostas").get("/administration/people").text
    listed = client_of("Shirin").get("/help/bring-in-data").text
    assert "parent_code" in listed
    assert '<article class="prose" lang="en" dir="ltr">' in listed
    assert eleni.get("/help/nothing").status_code == 404
    assert eleni.get("/help/pictures/..%2f..%2fREADME.md").status_code == 404


@pytest.mark.parametrize("locale", LOCALES)
def test_what_everybody_and_heads_do_is_shown_in_pictures_of_the_readers_language_with_words_for_them(locale):
    shown = {name: [part for chapter in guide(name, locale).chapters for part in chapter.parts
                    if isinstance(part, Picture)] for name in ("employee", "head")}  # fmt: skip
    assert len(shown["employee"]) >= 5
    assert len(shown["head"]) >= 3
    for picture in (*shown["employee"], *shown["head"]):
        assert len(picture.alt) > 30, picture
        assert picture.width <= 1500, picture
        assert picture.name.endswith((f"-{locale}.webp", ".png")), picture


def test_pictures_are_small_and_each_is_shown_somewhere():
    pictures = {each.name: each.stat().st_size for each in (DOCS / "images").iterdir()}
    assert max(size for name, size in pictures.items() if name.endswith(".webp")) <= 62_000
    assert sum(pictures.values()) <= 1_500_000
    told = "".join(each.read_text() for each in (*(DOCS / "guides").rglob("*.md"), DOCS.parent / "README.md"))
    assert [name for name in pictures if f"images/{name})" not in told] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_commands_to_type_stand_each_in_a_line_of_its_own(locale):
    words = "".join(str(part) for chapter in guide("head", locale).chapters for part in chapter.parts)
    assert "-d vote\npython3 -I vote/recount.py" in words


@pytest.mark.parametrize(("locale", "calendar"), [("en", "gregorian"), ("el", "gregorian"), ("fa", "jalali")])
def test_what_lists_are_asked_stands_in_the_words_of_the_reader_and_is_understood(app, locale, calendar):
    """Each example is what Collab itself writes for it; of the other words each is the first of its language."""
    words = (DOCS / "guides" / ("" if locale == "en" else locale) / "employee.md").read_text()
    found = next(block for block in re.findall("```\n(.*?)```", words, re.S) if "PARKS" in block)
    speaker = Speaker(locale, calendar, date(2026, 11, 28))
    examples = [re.split(r"\s{2,}", line)[0] for line in found.strip().splitlines()]
    assert len(examples) == 8
    for one in examples:
        assert write(parse(one, speaker), speaker) == one
    others = next(part for part in re.split(r"\n\s*\n", words) if len(re.findall(r"`[^`\s]+`", part)) >= 20)
    for name in ("desk", "created", "changed", "start", "reference", "parent", "watcher", "source", "counterpart"):
        assert f"`{word_of(name, locale)}`" in others, name
    for clause in (one for one in re.findall(r"`([^`\s]+:[^`\s]+)`", others) if one.isascii() or locale != "en"):
        parse(clause, speaker)
