"""The text query: `holder:me state:waiting due<+7d (label:storm OR text:"κλαδιά") -unit:PARKS`.

    query := either; either := every (OR every)*; every := one (AND? one)*
    one := (NOT | -) one | "(" either ")" | field operator value ("," value)* | word | "quoted words"

Several values are one of them; a word alone is looked for in titles. `:` means `=`, and `!=` none of them.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from collab.core.i18n import N_, _

from . import fields
from .errors import BadQuery, near
from .fields import Field
from .tree import ALL, DEEPEST, MOST_LEAVES, BadTree, Leaf, Node, Not, bounded, either, every
from .values import Speaker, canonical

LONGEST: Final = 2_000
AND: Final = frozenset({"AND", "ΚΑΙ", "και", "و"})
OR: Final = frozenset({"OR", "Ή", "ή", "یا"})
NOT: Final = frozenset({"NOT", "ΟΧΙ", "ΌΧΙ", "نه"})
QUOTES: Final = {'"': '"', "“": "”", "«": "»", "„": "“”"}
OPERATORS: Final = ("!=", ">=", "<=", ":", "=", ">", "<")
COMMAS: Final = ",،"
_PARTING: Final = re.compile(rf"[\\()\s{COMMAS}]")

TOO_LONG = N_("This question is too long: at most %(count)s characters.")
TOO_LARGE = N_("This question asks too much at once: at most %(count)s conditions.")
TOO_DEEP = N_("There are too many brackets inside each other.")
NOT_CLOSED = N_("This bracket is never closed.")
NOT_OPENED = N_("This bracket was never opened.")
NO_END = N_("These quotation marks are never closed.")
NOTHING = N_("Something is missing here.")
NO_FIELD = N_("There is no condition called “%(word)s”.")
NO_VALUE = N_("Say what %(field)s should be, for example %(example)s.")
NOT_COMPARED = N_("%(field)s cannot be compared; write %(example)s.")


class Token(NamedTuple):
    """A piece of the text: ( ) - and or not word term; a term has its field, operator and values."""

    kind: str
    text: str
    at: tuple[int, int]
    operator: str = ""
    values: tuple[tuple[str, tuple[int, int], bool], ...] = ()


@lru_cache(maxsize=1_000)
def parse(text: str, speaker: Speaker) -> Node:
    """The tree of a query. Raises BadQuery, which points at the word."""
    if len(text) > LONGEST:
        raise BadQuery(_(TOO_LONG, count=LONGEST), (0, len(text)))
    reader = _Reader(list(_tokens(text)), speaker, len(text))
    tree = reader.whole()
    try:
        return bounded(tree)
    except BadTree as error:
        sentence = _(TOO_LARGE, count=MOST_LEAVES) if error.code == "too-large" else _(TOO_DEEP)
        raise BadQuery(sentence, (0, len(text))) from None


def has_conditions(text: str) -> bool:
    """Whether some word of a text is a condition of the language (`state:open`), so that it is more than words."""
    try:
        return any(token.kind == "term" and fields.called(token.text) is not None for token in _tokens(text))
    except BadQuery:  # quotation marks that nobody closes, as in any words
        return False


class _Reader:
    def __init__(self, tokens: list[Token], speaker: Speaker, end: int) -> None:
        self.tokens, self.speaker, self.end, self.place = tokens, speaker, end, 0

    def whole(self) -> Node:
        if not self.tokens:
            return ALL
        tree = self.either(0)
        if self.place < len(self.tokens):
            raise BadQuery(_(NOT_OPENED), self.tokens[self.place].at)
        return tree

    def either(self, depth: int) -> Node:
        if depth > 2 * DEEPEST:
            raise BadQuery(_(TOO_DEEP), self.tokens[min(self.place, len(self.tokens) - 1)].at)
        parts = [self.every(depth)]
        while self.take("or"):
            parts.append(self.every(depth))
        return either(*parts)

    def every(self, depth: int) -> Node:
        parts = [self.one(depth)]
        while True:
            if self.take("and") or self.sees() not in ("", "or", ")"):
                parts.append(self.one(depth))
            else:
                return every(*parts)

    def one(self, depth: int) -> Node:
        token = self.next()
        if token.kind in ("not", "-"):
            if depth > 2 * DEEPEST:
                raise BadQuery(_(TOO_DEEP), token.at)
            return Not(self.one(depth + 1))
        if token.kind == "(":
            inner = self.either(depth + 1)
            if not self.take(")"):
                raise BadQuery(_(NOT_CLOSED), token.at)
            return inner
        if token.kind == "word":
            return Leaf("text", canonical(fields.FIELDS["text"], token.text, self.speaker, token.at), at=token.at)
        if token.kind == "term":
            return self.term(token)
        raise BadQuery(_(NOT_OPENED) if token.kind == ")" else _(NOTHING), token.at)

    def term(self, token: Token) -> Node:
        field = fields.called(token.text)
        if field is None:
            at = (token.at[0], token.at[0] + len(token.text))
            known = [f"{fields.word_of(code, self.speaker.locale)}:" for code in fields.FIELDS]
            raise BadQuery(_(NO_FIELD, word=token.text), at, near(token.text, fields.every_word()), known)
        example = fields.example_of(field, self.speaker.locale)
        if not token.values:
            raise BadQuery(_(NO_VALUE, field=_(field.label), example=example), token.at)
        operator = "=" if token.operator in (":", "!=") else token.operator
        found = [self.leaf(field, operator, value, example) for value in token.values]
        tree = either(*found)
        return Not(tree) if token.operator == "!=" else tree

    def leaf(self, field: Field, operator: str, given: tuple[str, tuple[int, int], bool], example: str) -> Leaf:
        typed, at, quoted = given
        # `age:>10` as others write it.
        for sign in (">=", "<=", ">", "<"):
            if not quoted and operator == "=" and typed.startswith(sign) and len(typed) > len(sign):
                operator, typed = sign, typed[len(sign) :]
                break
        value = canonical(field, typed, self.speaker, at)
        if operator not in field.operators or (operator != "=" and value in field.specials):
            raise BadQuery(_(NOT_COMPARED, field=_(field.label), example=example), at)
        return Leaf(field.code, value, operator, at)

    def sees(self) -> str:
        return self.tokens[self.place].kind if self.place < len(self.tokens) else ""

    def take(self, kind: str) -> bool:
        if self.sees() != kind:
            return False
        self.place += 1
        return True

    def next(self) -> Token:
        if self.place >= len(self.tokens):
            raise BadQuery(_(NOTHING), (self.end, self.end))
        self.place += 1
        return self.tokens[self.place - 1]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    place = 0
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
        elif char in "()":
            found.append(Token(char, char, (place, place + 1)))
            place += 1
        elif char in "-−" and place + 1 < len(text) and not text[place + 1].isspace():
            found.append(Token("-", char, (place, place + 1)))
            place += 1
        else:
            token, place = _term(text, place)
            found.append(token)
    return found


def _term(text: str, start: int) -> tuple[Token, int]:
    if text[start] in QUOTES:
        words, end = _quoted(text, start)
        return Token("word", words, (start, end)), end
    end = start
    while end < len(text) and not text[end].isspace() and text[end] not in "()" and text[end] not in QUOTES:
        if (sign := _operator(text, end)) and end > start:
            return _values(text, start, end, sign)
        end += 1
    word = text[start:end]
    # `due < +7d`, with spaces around a sign that nobody writes for another reason.
    after = end
    while after < len(text) and text[after].isspace():
        after += 1
    sign = _operator(text, after)
    if sign and sign != ":" and end > start and fields.called(word) is not None:
        return _values(text, start, end, sign, after)
    kind = "and" if word in AND else "or" if word in OR else "not" if word in NOT else "word"
    if end == start:  # a stray operator
        end += 1
    return Token(kind, word or text[start:end], (start, end)), end


def _operator(text: str, place: int) -> str:
    return next((sign for sign in OPERATORS if text.startswith(sign, place)), "")


def _values(text: str, start: int, end: int, sign: str, at: int | None = None) -> tuple[Token, int]:
    place = (end if at is None else at) + len(sign)
    while place < len(text) and text[place].isspace():
        place += 1
    found: list[tuple[str, tuple[int, int], bool]] = []
    while True:
        begin = place
        if place < len(text) and text[place] in QUOTES:
            value, place = _quoted(text, place)
            found.append((value, (begin, place), True))
        else:
            while place < len(text) and not text[place].isspace() and text[place] not in "()" + COMMAS:
                place += 1
            if place > begin:
                found.append((text[begin:place], (begin, place), False))
        if place < len(text) and text[place] in COMMAS and place > begin:
            place += 1
            continue
        break
    return Token("term", text[start:end], (start, max(place, end)), sign, tuple(found)), place


def _quoted(text: str, start: int) -> tuple[str, int]:
    closing = QUOTES[text[start]]
    place, words = start + 1, []
    while place < len(text):
        if text[place] == "\\" and place + 1 < len(text):
            words.append(text[place + 1])
            place += 2
        elif text[place] in closing:
            return "".join(words), place + 1
        else:
            words.append(text[place])
            place += 1
    raise BadQuery(_(NO_END), (start, len(text)))


def is_plain(value: str) -> bool:
    """Whether a value reads the same without quotation marks."""
    return bool(value) and value[0] not in "<>" and value[0] not in QUOTES and not _PARTING.search(value)
