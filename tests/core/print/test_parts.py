"""What people mark in a text is said in plain words on paper."""

from collab.core.print import parts


def test_marks_become_plain_words_and_each_paragraph_keeps_its_direction():
    text = "# Costs\n\n- **6,000 €** for @[Eleni Markou](party:7)\n* see [the plan](https://example.org/plan)\n\n"
    text += "زمین **بازی** `12`"
    head, listed, persian = parts(text, "en")
    assert head == {"lines": ["Costs"], "rtl": False}
    assert listed["lines"] == ["• 6,000 € for @Eleni Markou", "• see the plan (https://example.org/plan)"]
    assert persian == {"lines": ["زمین بازی 12"], "rtl": True}
    quoted = parts("> We need **planes**.\n> > And when?\n\n5 > 3", "en")
    assert [each["lines"] for each in quoted] == [["We need planes.", "And when?"], ["5 > 3"]]
    assert parts("2 ** 3 ** 4 and a * b", "en")[0]["lines"] == ["2 ** 3 ** 4 and a * b"]
