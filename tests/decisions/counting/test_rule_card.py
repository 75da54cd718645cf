"""A rule card is frozen, has one spelling and one hash, and refuses to contradict itself."""

from fractions import Fraction

import pytest

from collab.decisions.counting import BadRule, Rule


def test_a_card_says_everything_and_reads_itself_again() -> None:
    rule = Rule(method="yes-no", threshold=Fraction(2, 3), strict=False, base="entitled", quorum=Fraction(1, 2))
    again = Rule.from_json(rule.to_json())
    assert again == rule
    assert again.digest() == rule.digest()
    assert '"threshold":"2/3"' in rule.to_json()


def test_a_short_card_is_hashed_with_its_defaults() -> None:
    assert Rule.from_json('{"method": "plurality"}').digest() == Rule(method="plurality").digest()


@pytest.mark.parametrize(
    ("card", "field"),
    [
        ("[]", "card"),
        ("{" * 5000, "card"),
        ('{"seats": 1}', "method"),
        ('{"method": "fairest"}', "method"),
        ('{"method": "plurality", "colour": 1}', "colour"),
        ('{"method": "plurality", "seats": "two"}', "seats"),
        ('{"method": "plurality", "seats": true}', "seats"),
        ('{"method": "plurality", "seats": 0}', "seats"),
        ('{"method": "yes-no", "seats": 2}', "seats"),
        ('{"method": "yes-no", "threshold": 0.1e9}', "threshold"),
        ('{"method": "yes-no", "threshold": "1/0"}', "threshold"),
        ('{"method": "yes-no", "threshold": 1}', "threshold"),
        ('{"method": "plurality", "threshold": "1/2"}', "base"),
        ('{"method": "yes-no", "quorum": "3/2"}', "quorum"),
        ('{"method": "yes-no", "none": "Nobody"}', "none"),
        ('{"method": "plurality", "tie_ladder": ["lot", "history"]}', "tie_ladder"),
        ('{"method": "plurality", "tie_ladder": ["second"]}', "second"),
        ('{"method": "plurality", "decimals": 5}', "decimals"),
        ('{"method": "plurality", "budget": 5}', "budget"),
        ('{"method": "plurality", "criteria": [{"name": "Cost"}]}', "criteria"),
        ('{"method": "plurality", "seed_digest": "beef"}', "seed_digest"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(card: str, field: str) -> None:
    with pytest.raises(BadRule) as refused:
        Rule.from_json(card)
    assert refused.value.field == field
