"""Makes a screenshot small: at most 256 colours, chosen and packed by the browser that took it."""

import base64
import binascii
import struct
import zlib

from playwright.sync_api import Page

# The most frequent colours stay as they are; each other becomes the nearest of them. Pages are flat: nobody sees it.
QUANTISE = """async (picture) => {
  const blob = await (await fetch("data:image/png;base64," + picture)).blob();
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]).map(([pixel]) => pixel);
  // Half by frequency, half spread over what is left, so that a rare tone of a chart keeps a neighbour.
  const rest = ranked.slice(160);
  const spread = Array.from({ length: Math.min(96, rest.length) }, (_, i) => rest[Math.floor((i * rest.length) / 96)]);
  const palette = [...ranked.slice(0, 160), ...spread];
  const split = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const tones = palette.map(split);
  const index = new Map(palette.map((pixel, i) => [pixel, i]));
  for (const pixel of ranked) {
    if (index.has(pixel)) continue;
    const [r, g, b] = split(pixel);
    let best = 0, least = Infinity;
    tones.forEach(([x, y, z], i) => {
      const far = 2 * (r - x) ** 2 + 4 * (g - y) ** 2 + 3 * (b - z) ** 2;
      if (far < least) { least = far; best = i; }
    });
    index.set(pixel, best);
  }
  const rows = new Uint8Array((bitmap.width + 1) * bitmap.height);
  for (let y = 0, at = 0, from = 0; y < bitmap.height; y += 1) {
    rows[at++] = 0;
    for (let x = 0; x < bitmap.width; x += 1) rows[at++] = index.get(pixels[from++]);
  }
  const text = [];
  for (let i = 0; i < rows.length; i += 32768) text.push(String.fromCharCode(...rows.subarray(i, i + 32768)));
  return { width: bitmap.width, height: bitmap.height, palette: tones.flat(), rows: btoa(text.join("")) };
}"""


def small_png(tab: Page, picture: bytes) -> bytes:
    """Return the same picture as a PNG with a palette; done on an empty page, which has no policy against it."""
    workshop = tab.context.new_page()
    try:
        made = workshop.evaluate(QUANTISE, base64.b64encode(picture).decode())
    finally:
        workshop.close()
    header = struct.pack(">IIBBBBB", made["width"], made["height"], 8, 3, 0, 0, 0)
    parts = [
        (b"IHDR", header),
        (b"PLTE", bytes(made["palette"])),
        (b"IDAT", zlib.compress(base64.b64decode(made["rows"]), 9)),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in [*parts, (b"IEND", b"")])


def chunk(kind: bytes, content: bytes) -> bytes:
    check = binascii.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
