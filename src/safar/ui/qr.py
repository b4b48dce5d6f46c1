"""A code a phone or a hand scanner can read, as a drawing in the page: no image file and no network."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str) -> SafeString:
    """Return a QR code as SVG that takes the size of the box it stands in; black on white in every theme, as readers need it."""
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    # Drawn by the library from numbers alone; the text stands in it only as squares.
    return mark_safe(svg)  # noqa: S308
