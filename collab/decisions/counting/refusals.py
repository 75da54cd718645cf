"""What cannot be counted, and why: each refusal names the field and gives a sentence that can be translated.

The sentences are marked here and spoken by `words.py`; nothing else in this package knows a language.
"""


def N_(sentence: str) -> str:
    """Mark a sentence for translation. Our own, so that the counting needs nothing of the house to run again."""
    return sentence


class Refusal(ValueError):
    """`field`: what is wrong; `why`: an English sentence with `%(name)s` filled from `values`."""

    def __init__(self, field: str, why: str, **values: object) -> None:
        self.field = field
        self.why = why
        self.values = values
        super().__init__(f"{field}: {why % values if values else why}")


class BadRule(Refusal):
    """A rule card that contradicts itself, or says what nobody knows."""


class BadBallots(Refusal):
    """Ballots, options or an electorate that the rule cannot count. `row`: which ballot, from 1, if one is at fault."""

    def __init__(self, field: str, why: str, row: int | None = None, **values: object) -> None:
        super().__init__(field, why, **values)
        self.row = row
