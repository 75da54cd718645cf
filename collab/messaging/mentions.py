"""Calling somebody in a message: the stored form and how it is read out of text.

A message keeps a mention as `@[Name](party:ID)`: Markdown that any reader can understand, which survives copying
and export, with the id of the person, unit or post. The name is the one the party had when the message was sent;
the server writes it, so nobody can be called under another's name. It is read under their name in the language of the
reader, where they have one (`spoken`). What stands inside code calls nobody.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from collab.core.i18n import LOCALES, N_, _, in_language, listed, speaking
from collab.core.markdown import affordable, first_direction, unmarked, unquoted

MOST_CALLED: Final = 50
_BEGINS: Final = r"(?<![\w@./-])@"
"""The sign where it calls: neither within a word nor in an address. Said alike in `mention.ts`."""
MENTION: Final = re.compile(_BEGINS + r"\[([^\]\[\n\\]{1,200})\]\(party:([1-9][0-9]{0,15})\)")
_MARK: Final = "](party:"
_NOT_IN_A_NAME: Final = str.maketrans({"[": "(", "]": ")", "\\": "/", "\n": " ", "`": "'"})


def plain(name: str) -> str:
    """A name without the characters that would end a mention early."""
    return name.translate(_NOT_IN_A_NAME).strip()[:200] or "?"


def written(name: str, party_id: int) -> str:
    """The stored form of a mention."""
    return f"@[{plain(name)}](party:{party_id})"


def mention_rule(state: StateInline, silent: bool) -> bool:
    """The rule by which Markdown knows a mention: a token `mention` with the name as content and the id as `meta`."""
    if state.src[state.pos] != "@":
        return False
    match = MENTION.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content, token.meta = match[1], {"party": int(match[2])}
    state.pos = match.end()
    return True


def knows_mentions(parser: MarkdownIt) -> None:
    """Teach a Markdown parser the form of a mention."""
    parser.inline.ruler.before("link", "mention", mention_rule)


_READER: Final = MarkdownIt("commonmark", {"html": False}).enable("table").use(knows_mentions)


def called(text: str) -> dict[int, str]:
    """Whom `text` calls: party id → the name it is called by, in the order of first mention. What is too much to be
    laid out is shown as it is written, and calls nobody."""
    if _MARK not in text or MENTION.search(text) is None:
        return {}
    inner = [child for token in _READER.parse(affordable(text)[0]) for child in token.children or ()]
    return {token.meta["party"]: token.content for token in reversed(inner) if token.type == "mention"}


def typed(text: str) -> list[str]:
    """Names that stand behind an @ as mere words, by which nobody is called; none of what is code, a link or quoted."""
    if _TYPED.search(text) is None:
        return []
    found: dict[str, None] = {}
    quoted = 0
    for token in _ESCAPES_APART.parse(affordable(text)[0]):
        quoted += token.nesting if token.type.startswith("blockquote") else 0
        if token.type == "inline" and not quoted:
            said = _QUOTED.sub(_ELSE, _words(token.children or ()))
            found |= dict.fromkeys(match[0].rstrip(".-’'") for match in _TYPED.finditer(said))
    return list(found)[:MOST_TYPED]


def _words(inner: Iterable[Token]) -> str:
    """What is said in a paragraph itself."""
    said, links = [], 0
    for token in inner:
        links += token.nesting if token.type.startswith("link") else 0
        if token.type in ("softbreak", "hardbreak"):
            said.append(" ")
        elif not token.nesting:
            # `\@` is the sign itself, not a call.
            word = token.type == "text" or (token.type == "text_special" and token.content != "@")
            said.append(token.content if word and not links else _ELSE)
    return "".join(said)


def rewritten(text: str, names: Mapping[int, str]) -> str:
    """`text` with each mention of a party in `names` under that name; others stay as they are."""

    def name(match: re.Match[str]) -> str:
        party_id = int(match[2])
        return written(names[party_id], party_id) if party_id in names else match[0]

    return MENTION.sub(name, text)


def spoken(text: str, called_names: Mapping[str, Mapping[str, str]] | None) -> str:
    """`text` as its reader reads it: whoever is called stands under their name in the language being spoken, where they
    have one in it, as everywhere else."""
    if not called_names:
        return text
    mine = {int(party): in_language(dict(names), "") for party, names in called_names.items()}
    return rewritten(text, {party: name for party, name in mine.items() if name})


_ESCAPES_APART: Final = (
    MarkdownIt("commonmark", {"html": False}).enable("table").use(knows_mentions).disable("text_join")
)
"""What was escaped stays a token of its own."""
_MARKS: Final = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Accents written apart and the signs of Arabic vowels: they are no letters, and belong to the word."""
_TYPED: Final = re.compile(_BEGINS + rf"[^\W\d_][\w{_MARKS}\u200c\u200d.’'-]{{0,60}}")
_QUOTED: Final = re.compile(r"«[^«»]*+»|“[^“”]*+”|„[^„“”]*+[“”]|\"[^\"]*+\"")
_ELSE: Final = "\ufffc"
MOST_TYPED: Final = 5
MOST_EXCERPT: Final = 140
MOST_READ: Final = 4_000
"""Characters that are looked at for how a text begins: marks and addresses take room of which nothing is shown."""
_MODEST: Final = 3_000
"""Estimated microseconds for laying so much out, which what people write does not reach."""
_ENOUGH: Final = 4
"""Of what is dearer so much is read for each character shown."""
_DEAREST: Final = 8_000
"""What costs more than that even so is no prose, and shown as it is written."""
_FAR: Final = re.compile(r"\]\((https?://[^\s()<>]{30})(?:[^\s()<>]++|\([^\s()<>]*+\))++(?=[\s)])")
"""A long address of a link, of which nothing is shown."""
_LINES: Final = re.compile(
    r"^[ \t]*+(?:(?P<item>[-+*][ \t]+)|(?P<head>#{1,6}[ \t]+)|(?P<rule>(?=[^\n]*?---)[|:\- \t]++$)|(?P<row>\|.*)$)",
    re.MULTILINE,
)
"""Marks that stand at the beginning of a line: of a list, a heading, below the head of a table or across the page, of a
row. What was passed over is never tried another way, or a line of spaces and dashes alone would take minutes."""
_DIRECTED: Final = {"ltr": "\u200e", "rtl": "\u200f"}


def _said_in_line(match: re.Match[str]) -> str:
    """What begins a line of a list or is one of a table, where it stands among other words."""
    if match["item"]:
        return "• "
    cells = [cell.strip() for cell in (match["row"] or "").strip().strip("|").split("|")]
    row = " · ".join(cell for cell in cells if cell)
    return f"{row}; " if row else ""


WITHOUT_FILE: Final = N_("The file was removed.")
"""Said of a message that was nothing but files, of which none is left."""
FORWARDED: Final = N_("Forwarded message")
_PASSED_ON: Final = re.compile(r"(?:\A|\n\n)\[([^\[\]\n]{1,200})\]\(/messages/([1-9][0-9]{0,15})/place\)\Z")


def passed_on(text: str) -> tuple[str, int | None]:
    """What was said with a message that is passed on, and the id of that one; all of `text` and None of any other.

    Its last line leads there, as a link that any reader of Markdown understands, under words in its sender's language;
    Collab shows them in the reader's.
    """
    found = _PASSED_ON.search(text) if text.endswith("/place)") else None
    if found is None or found[1] not in {_in(code) for code in LOCALES}:  # a link that somebody wrote
        return text, None
    return text[: found.start()], int(found[2])


def leading_to(message_id: int) -> str:
    """A message that passes on another and says nothing with it: whoever may read that one sees it there."""
    return f"[{_(FORWARDED)}](/messages/{message_id}/place)"


def _in(code: str) -> str:
    with speaking(code):
        return _(FORWARDED)


def excerpt(text: str, most: int = MOST_EXCERPT, files: Sequence[str] | None = None) -> str:
    """How a message begins, on one line and without the signs of Markdown; the names of its files, where it is nothing
    else."""
    if not text and files:
        named = listed(files)
        return named if len(named) <= most else named[: most - 1].rstrip() + "…"
    said, there = passed_on(text)
    text = said if there is None else f"{said}\n{_(FORWARDED)}"
    named = _FAR.sub(r"](\1", MENTION.sub(lambda match: f"@{match[1]}", text))
    joined = " ".join(_LINES.sub(_said_in_line, unquoted(named[:MOST_READ])).split())
    read = joined if not affordable(joined, _MODEST)[1] else joined[: _ENOUGH * most]
    whole = len(named) <= MOST_READ and len(read) == len(joined)
    line = " ".join(unmarked(read, cut=not whole, budget=_DEAREST).split())
    return line if len(line) <= most and whole else line[: most - 1].rstrip() + "…"


def titled(
    text: str,
    called_names: Mapping[str, Mapping[str, str]] | None,
    most: int,
    files: Sequence[str] | None = None,
) -> str:
    """How a message begins, as the title of what is made of it: whoever was called is named there, and not called."""
    return excerpt(MENTION.sub(r"\1", spoken(text, called_names)), most, files)


def in_short(
    text: str,
    called_names: Mapping[str, Mapping[str, str]] | None,
    most: int = MOST_EXCERPT,
    files: Sequence[str] | None = None,
) -> str:
    """How a message begins, for its reader, shown in a line of other words.

    A name called in another script at its head would turn the whole line: the direction is that of the words said, told
    by the invisible mark for it (Unicode bidirectional algorithm, 2.6).
    """
    if not text and not files:
        return _(WITHOUT_FILE)
    line = excerpt(spoken(text, called_names), most, files)
    if _MARK not in text:
        return line
    own = first_direction(excerpt(MENTION.sub("", passed_on(text)[0]), most))
    return line if own is None or own == first_direction(line) else _DIRECTED[own] + line
