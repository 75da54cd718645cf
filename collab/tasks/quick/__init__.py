"""One line of words becomes a task: days, people, labels and the rest are understood in three languages.

Pure: text and today in, pieces with their places out. Whatever is not understood stays in the title, and whatever
stands in quotes is left as it is.
"""

from collab.core.dates.said.days import Today

from .printing import printed
from .reading import Piece, Understood, read
from .repeating import Repeat

__all__ = ["Piece", "Repeat", "Today", "Understood", "printed", "read"]
