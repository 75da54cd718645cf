"""The stages of a decision, gathered by what may be done in them."""

from typing import Final

UNOPENED: Final = ("draft", "discussion")
"""Its vote was not opened yet: question, options and rule may change."""
PREPARING: Final = (*UNOPENED, "open", "closed")
"""It is on its way."""
ARGUED: Final = (*UNOPENED, "open")
"""It is still argued about, and evidence is given."""
STANDING: Final = ("decided", "carried-out")
"""It is in force."""
