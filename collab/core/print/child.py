"""Set one sheet: a program of its own, run by collab.core.print.setting in a bounded child. It knows nothing of Collab.

python -I child.py FOLDER SHEET FONTS     reads data.json beside the sheet, writes out.pdf
"""

import sys
from pathlib import Path

import typst


def main(folder: str, sheet: str, fonts: str) -> int:
    place = Path(folder)
    typst.compile(
        str(place / sheet), output=str(place / "out.pdf"), root=folder, font_paths=[fonts], ignore_system_fonts=True
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
