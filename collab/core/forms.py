"""Input shapes, shared by pages and the API. What comes in is parsed once, here, or refused with reasons.

A package's `forms.py` subclasses `Form`; fields use the types below. `parse` raises Invalid with a sentence in the
reader's language beside each field.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from itertools import islice
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from .dates import digits
from .errors import Invalid
from .i18n import N_, _, listed
from .text.clean import Unclean, clean_line, clean_text

MOST_ID = 2**53 - 1  # what JSON readers can hold exactly

F = TypeVar("F", bound="Form")

AS_JSON = "json"
"""The context of what came as a body of JSON."""
MOST_TOLD = 1_000
"""Faults of one form that are told each; where there are more a single sentence says so, for each costs its time."""
MOST_UNKNOWN = 20
"""Names that a form does not have, of which it is said; a body may hold a hundred thousand of them."""


class Form(BaseModel):
    """An input shape. Unknown fields are refused, so that a typing mistake is never silently nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)

    @field_validator("*", mode="before")
    @classmethod
    def _held(cls, given: object, info: ValidationInfo) -> object:
        """Yes is not one, whoever sends it. In a body of JSON each field is held to its type: a number is a number and
        yes or no is true or false, not a text that looks like one."""
        name = info.field_name or ""
        if isinstance(given, bool) and name in _numbers(cls):
            raise PydanticCustomError("int_type", "")
        if info.context == AS_JSON and given is not None and name in _types(cls):
            _hold(given, _types(cls)[name])
        return given


def _hold(given: object, kind: type) -> None:
    if kind is bool and not isinstance(given, bool):
        raise PydanticCustomError("bool_type", "")
    if kind is int and isinstance(given, bool | str):
        raise PydanticCustomError("int_type", "")


def number_in_json(given: object, info: ValidationInfo) -> object:
    """What `Form` asks of a field that holds a number, asked of each entry of a list."""
    if info.context == AS_JSON:
        _hold(given, int)
    return given


@cache
def _types(form: type[Form]) -> dict[str, type]:
    """The fields of a form that hold a whole number, an id among them, or yes or no, each with its type."""
    found = {name: _type_of(field.annotation) for name, field in form.model_fields.items()}
    return {name: kind for name, kind in found.items() if kind is not None}


def _type_of(annotation: Any) -> type | None:
    if get_origin(annotation) is Annotated:
        return _type_of(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        several = {_type_of(one) for one in get_args(annotation) if one is not type(None)}
    elif get_origin(annotation) is Literal:
        several = {_type_of(type(one)) for one in get_args(annotation)}
    else:
        several = {annotation} if annotation in (int, bool) else set()
    return several.pop() if len(several) == 1 else None


@cache
def _numbers(form: type[Form]) -> frozenset[str]:
    """The fields of a form that hold whole numbers and nothing else; ids have a rule of their own."""
    return frozenset(name for name, field in form.model_fields.items() if _is_number(field.annotation, field.metadata))


def _is_number(annotation: Any, metadata: Iterable[Any]) -> bool:
    if any(isinstance(each, PlainValidator) for each in metadata):
        return False
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _is_number(inner, more)
    if get_origin(annotation) in (Union, UnionType):
        several = [one for one in get_args(annotation) if one is not type(None)]
        return all(_is_number(one, ()) for one in several)
    return annotation is int


def single_fields(form: type[Form]) -> frozenset[str]:
    """The fields of a form that hold one value: a text, a number, a day, a choice, and never a list of them."""
    return frozenset(name for name, field in form.model_fields.items() if _is_single(field.annotation))


def _is_single(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _is_single(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return all(_is_single(one) for one in get_args(annotation))
    plain = isinstance(annotation, type) and not issubclass(annotation, (BaseModel, list, tuple, set, frozenset, dict))
    return plain or get_origin(annotation) is Literal


def _line(most: int, least: int = 1) -> Any:
    def take(value: object) -> str:
        try:
            return clean_line(value, least=least, most=most)
        except Unclean as error:
            raise PydanticCustomError(error.code, "{limit}", {"limit": error.limit or most}) from error

    return PlainValidator(take, json_schema_input_type=Annotated[str, Field(min_length=least, max_length=most)])


def _text(most: int, least: int = 0) -> Any:
    def take(value: object) -> str:
        try:
            return clean_text(value, least=least, most=most)
        except Unclean as error:
            raise PydanticCustomError(error.code, "{limit}", {"limit": error.limit or most}) from error

    return PlainValidator(take, json_schema_input_type=Annotated[str, Field(min_length=least, max_length=most)])


_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""The one way a day is written; `date.fromisoformat` would also take 20261123 and 2026-W48-1."""


def _day(value: object) -> date:
    if isinstance(value, datetime) or not isinstance(value, date | str):
        raise PydanticCustomError("day", "")
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip()) if _ISO_DAY.fullmatch(value.strip()) else None
        except ValueError:
            value = None
    if value is None or not date(1900, 1, 1) <= value <= date(2200, 12, 31):
        raise PydanticCustomError("day", "")
    return value


def _id(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 16:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_ID:
        raise PydanticCustomError("id", "")
    return value


def typed_id(value: object) -> int | None:
    """The id or version that was typed or sent, None where it is none: for showing a form again that was refused."""
    try:
        return _id(value)
    except PydanticCustomError:
        return None


def _email(value: object) -> str:
    from email_validator import EmailNotValidError, validate_email  # slow to import, rarely needed

    if not isinstance(value, str) or len(value) > 254:
        raise PydanticCustomError("email", "")
    try:
        return validate_email(value.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except (EmailNotValidError, UnicodeError) as error:
        raise PydanticCustomError("email", "") from error


def _false_when_absent(value: object) -> object:
    return (
        {"on": True, "true": True, "1": True, "": False, "false": False, "0": False}.get(value, value)
        if isinstance(value, str)
        else value
    )


Line = Annotated[str, _line(200)]
LongLine = Annotated[str, _line(500)]
Short = Annotated[str, _line(60)]
Search = Annotated[str, _line(200, least=0)]
Question = Annotated[str, _line(2_000, least=0)]
Words = Annotated[str, _text(2_000)]
Prose = Annotated[str, _text(50_000)]
Said = Annotated[str, _text(20_000, least=1)]
Perhaps = Annotated[str, _text(20_000)]
Reason = Annotated[str, _text(2_000, least=1)]
Day = Annotated[date, PlainValidator(_day, json_schema_input_type=date)]
PartyId = Annotated[
    int,
    PlainValidator(_id, json_schema_input_type=Annotated[int, Field(ge=1, le=MOST_ID)]),
    BeforeValidator(number_in_json),
]
Email = Annotated[str, PlainValidator(_email, json_schema_input_type=Annotated[str, Field(max_length=254)])]
Flag = Annotated[bool, BeforeValidator(_false_when_absent)]
Code = Annotated[str, _line(40), AfterValidator(lambda code: _checked_code(code))]


def _checked_code(code: str) -> str:
    if not code.replace("-", "").replace("_", "").isalnum() or len(code.encode()) > 80:
        raise PydanticCustomError("code", "")
    return code


def at_most(most: int) -> Any:
    """For a list or names with values: refused by their number, before each is read for what it is."""

    def count(given: object) -> object:
        if isinstance(given, list | dict) and len(given) > most:
            raise PydanticCustomError("too_long", "", {"max_length": most})
        return given

    return BeforeValidator(count)


SENTENCES = {
    "missing": N_("This is needed."),
    "blank": N_("This is needed."),
    "not-text": N_("Text is expected here."),
    "string_type": N_("Text is expected here."),
    "string_unicode": N_("This contains characters that cannot be kept."),
    "surrogate": N_("This contains characters that cannot be kept."),
    "nul": N_("This contains characters that cannot be kept."),
    "too-short": N_("This is too short."),
    "too-long": N_("This is too long: at most %(limit)s characters."),
    "day": N_("A date is expected here, such as 2026-11-23."),
    "id": N_("Choose one from the list."),
    "email": N_("A mail address is expected here."),
    "code": N_("Only letters, digits, hyphen and underscore."),
    "extra_forbidden": N_("There is no such field."),
    "literal_error": N_("One of these is expected here: %(values)s."),
    "bool_type": N_("Yes or no is expected here."),
    "bool_parsing": N_("Yes or no is expected here."),
    "int_type": N_("A whole number is expected here."),
    "int_parsing": N_("A whole number is expected here."),
    "int_from_float": N_("A whole number is expected here."),
    "greater_than_equal": N_("At least %(limit)s is needed here."),
    "less_than_equal": N_("At most %(limit)s is taken here."),
    "list_type": N_("A list is expected here."),
    "too_long": N_("At most %(limit)s entries are taken here."),
    "too_short": N_("There are too few entries here."),
}


def parse(form: type[F], given: Mapping[str, Any], *, typed: bool = False, as_json: bool = False) -> F:
    """The form filled from `given`, or Invalid with a sentence at each field that is wrong.

    From a page (`typed` false) an empty text means "nothing entered". From JSON values keep their types; a
    body of JSON (`as_json`) is held to them. Of names that there are not, the first are told.
    """
    known = _known(form)
    values = {name: given[name] for name in given if name in known}
    values |= {name: given[name] for name in islice((name for name in given if name not in known), MOST_UNKNOWN)}
    if not typed:
        values = {name: value for name, value in values.items() if not (isinstance(value, str) and value.strip() == "")}
    try:
        return form.model_validate(values, context=AS_JSON if as_json else None)
    except ValidationError as error:
        raise Invalid(fields=reasons(error)) from error


@cache
def _known(form: type[Form]) -> frozenset[str]:
    """The names that a form takes."""
    return frozenset(name for each, field in form.model_fields.items() for name in (each, field.alias) if name)


def reasons(error: ValidationError) -> dict[str, list[str]]:
    """Field → sentences, in the reader's language. Errors of the whole form stand under an empty name."""
    if error.error_count() > MOST_TOLD:
        return {"": [_(N_("There is too much here that cannot be used."))]}
    found: dict[str, list[str]] = {}
    for problem in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in problem["loc"])
        found.setdefault(name, []).append(_sentence(problem["type"], problem.get("ctx") or {}, problem["msg"]))
    return found


def _sentence(kind: str, context: Mapping[str, Any], message: str) -> str:
    if kind == "said":  # a validator's own sentence, already translated
        return message
    template = SENTENCES.get(kind, N_("This cannot be used here."))
    if kind == "literal_error":
        return _(template, values=listed(re.findall(r"'([^']*)'", context["expected"])))
    limit = next((context[name] for name in ("limit", "max_length", "le", "ge") if name in context), "")
    return _(template, limit=digits(limit)) if "%(limit)s" in template else _(template)


def wrong(field: str, sentence: str) -> Invalid:
    """Invalid with one sentence at one field, for what only a command can know."""
    return Invalid(fields={field: [sentence]})


def complaint(sentence: str) -> PydanticCustomError:
    """For validators inside forms: refuse with this (translated) sentence."""
    return PydanticCustomError("said", "{sentence}", {"sentence": sentence})
