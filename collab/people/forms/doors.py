"""Signing in, passwords, tokens."""

from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from collab.core.forms import Email, Flag, Form, Line

LONGEST_PASSWORD = 200


def _password(value: object) -> str:
    """Kept exactly as typed: no trimming, no folding. Bounded, so that hashing it costs the same for all."""
    if not isinstance(value, str):
        raise PydanticCustomError("not-text", "")
    if not value:
        raise PydanticCustomError("blank", "")
    if len(value) > LONGEST_PASSWORD:
        raise PydanticCustomError("too-long", "{limit}", {"limit": LONGEST_PASSWORD})
    if "\x00" in value or any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        raise PydanticCustomError("nul", "")
    return value


Secret: Any = Annotated[
    str,
    PlainValidator(_password, json_schema_input_type=Annotated[str, Field(min_length=1, max_length=LONGEST_PASSWORD)]),
]


class SignInForm(Form):
    """Mail address and password."""

    email: Line
    password: Secret


class ResetForm(Form):
    """Where the link for a new password is sent."""

    email: Email


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password: Secret
    again: Secret


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the present one. `tokens`: end the access tokens too."""

    current: Secret
    tokens: Flag = False


class TokenForm(Form):
    """An access token to be made: what it is for, what it may do, how many days it holds."""

    name: Line
    scopes: Annotated[list[Literal["read", "write"]], Field(min_length=1, max_length=2)] = ["read"]
    days: Annotated[int, Field(ge=1, le=366)] = 90


class LanguageForm(Form):
    """The language a stranger wants to read."""

    locale: Literal["en", "el", "fa"]


__all__ = [
    "ChangePasswordForm", "Flag", "LanguageForm", "NewPasswordForm", "ResetForm", "Secret", "SignInForm", "TokenForm",
]  # fmt: skip
