"""What a file is, told from its first bytes, never from what the sender says.

A table of our own rather than a library: it is short, it knows only what offices send, and it says which kinds are
programs. Sources of the signatures: the formats' own specifications, IANA media types, WHATWG MIME Sniffing.
"""

import re
from dataclasses import dataclass
from typing import Final

HEAD: Final = 4_096
"""How many of the first bytes are looked at."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, the endings that go with it, whether it is a program.

    `inert`: a browser that shows it runs nothing in it.
    """

    media_type: str
    endings: frozenset[str] = frozenset()
    program: bool = False
    inert: bool = False


def _kind(media_type: str, endings: str = "", *, program: bool = False, inert: bool = False) -> Kind:
    return Kind(media_type, frozenset(endings.split()), program, inert)


UNKNOWN: Final = _kind("application/octet-stream")
TEXT: Final = _kind("text/plain", "", inert=True)
ZIP: Final = _kind("application/zip", "zip kmz epub")
PROGRAM: Final = _kind("application/x-executable", program=True)
SCRIPT: Final = _kind("text/x-script", program=True)
HTML: Final = _kind("text/html", "html htm xhtml mht mhtml")
SVG: Final = _kind("image/svg+xml", "svg")
XML: Final = _kind("application/xml", "xml xsd xsl kml gml gpx rdf svg html xhtml")
OLD_OFFICE: Final = _kind("application/x-ole-storage", "doc xls ppt msg vsd mpp dot xlt pot")

_SIGNATURES: Final[tuple[tuple[int, bytes, Kind], ...]] = (
    (0, b"%PDF-", _kind("application/pdf", "pdf ai")),
    (0, b"\x89PNG\r\n\x1a\n", _kind("image/png", "png", inert=True)),
    (0, b"\xff\xd8\xff", _kind("image/jpeg", "jpg jpeg jfif", inert=True)),
    (0, b"GIF87a", _kind("image/gif", "gif", inert=True)),
    (0, b"GIF89a", _kind("image/gif", "gif", inert=True)),
    (8, b"WEBP", _kind("image/webp", "webp", inert=True)),
    (0, b"II*\x00", _kind("image/tiff", "tif tiff dng")),
    (0, b"MM\x00*", _kind("image/tiff", "tif tiff dng")),
    (0, b"BM", _kind("image/bmp", "bmp")),
    (4, b"ftypheic", _kind("image/heic", "heic heif")),
    (4, b"ftypmif1", _kind("image/heif", "heic heif")),
    (4, b"ftypavif", _kind("image/avif", "avif")),
    (4, b"ftypqt", _kind("video/quicktime", "mov")),
    (4, b"ftyp", _kind("video/mp4", "mp4 m4a m4v mov 3gp")),
    (0, b"ID3", _kind("audio/mpeg", "mp3")),
    (0, b"\xff\xfb", _kind("audio/mpeg", "mp3")),
    (0, b"\xff\xf3", _kind("audio/mpeg", "mp3")),
    (0, b"OggS", _kind("application/ogg", "ogg oga ogv opus")),
    (8, b"WAVE", _kind("audio/wav", "wav")),
    (8, b"AVI ", _kind("video/x-msvideo", "avi")),
    (0, b"\x1aE\xdf\xa3", _kind("video/webm", "webm mkv")),
    (0, b"{\\rtf", _kind("application/rtf", "rtf doc")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (0, b"7z\xbc\xaf\x27\x1c", _kind("application/x-7z-compressed", "7z")),
    (0, b"Rar!\x1a\x07", _kind("application/vnd.rar", "rar")),
    (0, b"\x1f\x8b", _kind("application/gzip", "gz tgz")),
    (257, b"ustar", _kind("application/x-tar", "tar")),
    (0, b"AC10", _kind("image/vnd.dwg", "dwg")),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
    (0, b"\xfe\xed\xfa\xce", PROGRAM),
    (0, b"\xfe\xed\xfa\xcf", PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", PROGRAM),
    (0, b"\xca\xfe\xba\xbe", PROGRAM),
    (0, b"\x00asm", PROGRAM),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", PROGRAM),
    (0, b"MSCF", PROGRAM),
    (0, b"#!", SCRIPT),
)
_WEAK: Final = frozenset({b"BM", b"MZ", b"ID3", b"MSCF", b"ftyp", b"WAVE", b"WEBP", b"AVI "})
"""Signatures that a plain text could begin with; the real thing holds control bytes."""
_ZIPPED: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"word/", _kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx docm dotx")),
    (b"xl/", _kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx xlsm xltx xlsb")),
    (b"ppt/", _kind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx pptm ppsx")),
    (b"META-INF/MANIFEST.MF", _kind("application/java-archive", "jar war", program=True)),
    (b"AndroidManifest.xml", _kind("application/vnd.android.package-archive", "apk", program=True)),
)
_ODF: Final = re.compile(rb"mimetype(application/(?:vnd\.oasis\.opendocument\.[a-z-]+|epub\+zip))")
_ODF_ENDINGS: Final = {"text": "odt ott", "spreadsheet": "ods ots", "presentation": "odp otp", "graphics": "odg otg"}
_OFFICE_ENDINGS: Final = frozenset(ending for _, kind in _ZIPPED if not kind.program for ending in kind.endings)

_PROGRAMS: Final = """
    exe dll com bat cmd scr pif cpl msi msp mst hta js jse vbs vbe wsf wsh ps1 psm1 psd1 reg inf lnk url scf jar
    apk app dmg pkg deb rpm sh bash run elf so dylib sys drv ocx chm iso img vhd vhdx gadget application appref-ms
    xll iqy slk library-ms settingcontent-ms msix appx desktop
"""
_PROGRAM_ENDINGS: Final = frozenset(_PROGRAMS.split())
# Possessive: what was passed over is never tried another way, or a row of comments would take for ever.
_MARKUP: Final = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(!?[a-z][a-z0-9:-]*)", re.S | re.I
)
_TAGS: Final = b"!doctype html head body script iframe h1 div font table a style title b br p img object embed form"
_HTML_TAGS: Final = frozenset(_TAGS.split())
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(head: bytes) -> Kind:
    """The kind of the file that begins with `head` (its first 4,096 bytes, or all of it)."""
    head = head[:HEAD]
    if head[:2] == b"PK" and head[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return _zipped(head)
    for offset, signature, kind in _SIGNATURES:
        if head.startswith(signature, offset) and (signature not in _WEAK or _CONTROLS.search(head)):
            return kind
    return _text(head)


def kind_called(media_type: str) -> Kind:
    """The kind that was found to have this media type; what is not known is inert to nobody."""
    return _BY_TYPE.get(media_type, Kind(media_type))


def is_program(name_ending: str) -> bool:
    """Whether systems run files of this ending when they are opened."""
    return name_ending in _PROGRAM_ENDINGS


def fits(kind: Kind, name_ending: str) -> bool:
    """Whether a file of this kind may bear this ending. Endings that no kind claims fit text and the unknown only."""
    if not name_ending or name_ending in kind.endings:
        return True
    if kind is ZIP:
        # Office writes the telling entry late in some files.
        return name_ending in _OFFICE_ENDINGS or name_ending not in _CLAIMED
    return kind in (TEXT, UNKNOWN, XML) and name_ending not in _CLAIMED


_BY_TYPE: Final = {kind.media_type: kind for *_, kind in _SIGNATURES} | {
    kind.media_type: kind for kind in (UNKNOWN, TEXT, ZIP, HTML, SVG, XML, OLD_OFFICE)
}
_CLAIMED: Final = frozenset(
    ending
    for kind in [kind for *_, kind in _SIGNATURES] + [kind for _, kind in _ZIPPED] + [ZIP, HTML, SVG, OLD_OFFICE]
    for ending in kind.endings
) | frozenset(" ".join(_ODF_ENDINGS.values()).split())


def _zipped(head: bytes) -> Kind:
    if match := _ODF.search(head[:200]):
        media_type = match[1].decode()
        family = media_type.rpartition(".")[2].removesuffix("-template")
        return _kind(media_type, _ODF_ENDINGS.get(family, "epub"))
    for entry, kind in _ZIPPED:
        if entry in head:
            return kind
    return ZIP


def _text(head: bytes) -> Kind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXT
    if _CONTROLS.search(head):
        return UNKNOWN
    match = _MARKUP.match(head)
    if match:
        tag = match[1].lower()
        if tag in _HTML_TAGS or b"<html" in head.lower():
            return SVG if tag == b"!doctype" and b"<svg" in head.lower() else HTML
        return SVG if tag == b"svg" or b"<svg" in head.lower() else XML
    return TEXT
