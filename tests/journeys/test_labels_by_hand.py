"""Labels leave room for what they label: in the longest language, on a phone."""

from collab.tasks.commands.rules import create_rule
from collab.tasks.forms import NewRuleForm


def test_a_long_label_takes_no_room_from_what_stands_beside_it(visitor, acting):
    rule = acting(create_rule, "Kostas", NewRuleForm(name="Permit", allowed=50, legal_basis="law 2690/1999, art. 4"))
    page = visitor("Nikos", locale="el", width=390).signs_in().speaks("el").opens(f"/deadline-rules/{rule}").page
    list_, label, value = (
        page.locator(one).bounding_box() for one in (".facts", ".facts > dt:last-of-type", ".facts > dd:last-of-type")
    )
    assert label["width"] <= list_["width"] * 0.4 + 1
    assert value["width"] > list_["width"] / 2
