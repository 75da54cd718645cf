"""What a browser says of itself when pop-ups are turned on in it."""

from typing import Annotated

from pydantic import Field

from collab.core.forms import Flag, Form


class Subscribe(Form):
    """The address that the browser got from its maker's service, with its public key and its secret, as they stand in
    its `PushSubscription` (base64url). `again`: the browser says so by itself after signing in; nobody pressed."""

    endpoint: Annotated[str, Field(min_length=1, max_length=1000)]
    p256dh: Annotated[str, Field(min_length=1, max_length=120)]
    auth: Annotated[str, Field(min_length=1, max_length=40)]
    again: Flag = False
