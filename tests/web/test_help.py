"""Help inside Collab: the guides in the reader's language, each saying the same, with its pictures."""

import re

import pytest

from collab.web.help import DOCS, GUIDES, Picture, guide, source

TRANSLATED = [(name, locale) for name in GUIDES for locale in ("el", "fa") if source(name, locale).is_file()]


@pytest.mark.parametrize(("name", "locale"), TRANSLATED)
def test_a_translated_guide_has_the_same_headings_pictures_lists_and_marks(name, locale):
    ours, theirs = guide(name, "en"), guide(name, locale)
    assert theirs.locale == locale
    assert len(theirs.chapters) == len(ours.chapters)
    for one, other in zip(ours.chapters, theirs.chapters, strict=True):
        shape = [[part.name if isinstance(part, Picture) else len(re.findall("<(?:li|pre|h3)", part))
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
            assert eleni.get(part).content_type == "image/png"
        contents = re.findall(r'href="#(part-\d+)"', page.text)
        assert len(contents) > 5
        assert all(f'<h2 id="{part}">' in page.text for part in contents)
    assert [each for each in (DOCS / "guides").rglob("*.md") if "](../images" in each.read_text()]
    assert eleni.get("/help/nothing").status_code == 404
    assert eleni.get("/help/pictures/..%2f..%2fREADME.md").status_code == 404


def test_a_guide_that_is_not_translated_stands_there_in_english_and_says_so(client_of, monkeypatch):
    guide.cache_clear()
    monkeypatch.setattr(
        "collab.web.help.source", lambda name, _language: source(name, "en") if _language == "en" else DOCS / "none"
    )
    page = client_of("Leila").get("/help/head").text
    guide.cache_clear()
    assert '<article class="prose" lang="en" dir="ltr">' in page
    assert "هنوز ترجمه نشده" in page
