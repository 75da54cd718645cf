"""Lists on the administrator's pages: found by name, walked page by page."""

from urllib.parse import urlencode

from collab.core.forms import Form, Search

from ..accounts import Account


class ListForm(Form):
    """What is looked for, and from where on."""

    text: Search = ""
    after: str | None = None
    closed: bool = False
    account: Account = ""


def next_page(address: str, form: ListForm, cursor: str | None) -> str | None:
    """The address of the page at a cursor, with the same filter."""
    if cursor is None:
        return None
    kept = {"text": form.text} if form.text else {}
    kept |= {"closed": "1"} if form.closed else {}
    kept |= {"account": form.account} if form.account else {}
    return f"{address}?{urlencode({**kept, 'after': cursor})}"
