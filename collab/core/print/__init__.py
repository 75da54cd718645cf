"""Papers: a sheet (how it looks) and data (what it says) become a PDF, in a bounded child."""

from .data import Part, is_rtl, parts, sheet_data
from .setting import LARGEST, SHEETS, Unprintable, typeset

__all__ = ["LARGEST", "SHEETS", "Part", "Unprintable", "is_rtl", "parts", "sheet_data", "typeset"]
