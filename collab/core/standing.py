"""Rights that end: whoever comes second is told that it is over, and not that they lack a right."""

import functools
from collections.abc import Callable
from typing import Generic, TypeVar

from .actor import Actor
from .errors import Forbidden, Over, Problem

T = TypeVar("T")


class While(Generic[T]):
    """A rule made of a right and a state: whoever has the right may, while the thing stands so.

    `stands` looks at the thing alone, `right` at the actor and the thing; `told` says how it came to be over. Only
    those hear that who have the right.
    """

    def __init__(
        self, right: Callable[[Actor, T], bool], stands: Callable[[T], bool], told: Callable[[Actor, T], Over]
    ) -> None:
        self.right, self.stands, self.told = right, stands, told
        functools.update_wrapper(self, right)

    def __call__(self, actor: Actor, thing: T, /) -> bool:
        return self.stands(thing) and self.right(actor, thing)

    def refusal(self, actor: Actor, thing: T) -> Problem:
        """Why not: it is over, or it is not this actor's to do."""
        if self.stands(thing) or not self.right(actor, thing):
            return Forbidden()
        return self.told(actor, thing)
