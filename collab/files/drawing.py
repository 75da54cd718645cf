"""Draw pictures of one file: a program of its own, run by collab.files.previewing in a bounded child.

It knows nothing of Collab and gets neither its database nor its secrets: what it opens comes from strangers. Every
picture is made anew from pixels, so nothing but pixels passes: no metadata, no scripts, no second file behind it.

    python -I drawing.py FILE MEDIA_TYPE FOLDER     writes 1.webp, 2.webp … and prints "number width height" for each
"""

import sys
import warnings
from pathlib import Path
from typing import Any

LARGEST = 1_200
"""Pixels of a picture's longer side."""
MOST_PIXELS = 60_000_000
MOST_PAGES = 5
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")


def main(file: Path, media_type: str, folder: Path) -> int:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    pictures = _pages(file) if media_type == "application/pdf" else [_picture(file)]
    for number, picture in enumerate(pictures, 1):
        picture.save(folder / f"{number}.webp", "WEBP", quality=80, method=2, exif=b"", icc_profile=b"", xmp=b"")
        print(number, picture.width, picture.height)
    return 0


def _picture(file: Path) -> Any:
    from PIL import Image, ImageOps

    with Image.open(file, formats=FORMATS) as opened:
        opened.draft("RGB", (LARGEST, LARGEST))
        turned = ImageOps.exif_transpose(opened)
        picture = turned.convert("RGBA" if "transparency" in turned.info or "A" in turned.mode else "RGB")
    picture.thumbnail((LARGEST, LARGEST))
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    return clean


def _pages(file: Path) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        scale = min(LARGEST / max(width, height, 1), 3.0)
        yield page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
