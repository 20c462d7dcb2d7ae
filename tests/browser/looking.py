"""What a reader sees of a page: its words, whether they fit, whether they stand out, how long a line is."""

from __future__ import annotations

import base64
import io
from typing import Any

#: WCAG 2, level AA, for ordinary text.
CONTRAST = 4.5
#: A telephone of the smallest kind, and a window in which a letter has its full width.
PHONE, WIDE = 320, 1280
#: Width of an average character of the two fonts that our letters ask for, in shares of the type size.
GEORGIA, TIMES = 0.444, 0.406

_TEXTS = """
const found = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (walker.nextNode()) {
  const node = walker.currentNode, element = node.parentElement;
  const asked = {opacityProperty: true, visibilityProperty: true};
  if (!node.data.trim() || !element.checkVisibility(asked)) continue;
  range.selectNodeContents(node);
  const rects = [...range.getClientRects()].filter(r => r.width && r.height);
  if (!rects.length || element.closest('[style*="mso-hide"]')) continue;
  found.push([node, element, rects]);
}
"""
_WORDS = _TEXTS + "return found.map(([node]) => node.data).join(' ');"
_OUTSIDE = (
    _TEXTS
    + """
const wide = document.documentElement.clientWidth;
return found.filter(([n, e, rects]) => rects.some(r => r.left < -0.5 || r.right > wide + 0.5))
  .map(([node]) => node.data.trim());
"""
)
_COLOURS = (
    _TEXTS
    + """
const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const c = parse(getComputedStyle(at).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
    if (c[3] > 0) throw new Error('half-transparent ground');
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
};
return found.map(([node, element]) =>
  [node.data.trim(), parse(getComputedStyle(element).color).slice(0, 3), ground(element)]);
"""
)
_PLACES = (
    _TEXTS
    + """
return found.map(([node, element, rects]) => [node.data.trim(),
  rects.map(r => [r.left + scrollX, r.top + scrollY, r.width, r.height])]);
"""
)
_FULL_LINES = """
const counts = [];
for (const paragraph of document.querySelectorAll('p.r-text')) {
  const node = paragraph.firstChild;
  if (!node || node.nodeType !== 3 || getComputedStyle(paragraph).textAlign === 'center') continue;
  const range = document.createRange();
  let top = null, characters = 0;
  for (let at = 0; at < node.length; at++) {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const rects = range.getClientRects();
    if (rects.length && top !== null && rects[0].top - top > 8) {
      counts.push(characters);
      characters = 0;
    }
    if (rects.length) top = rects[0].top;
    characters++;
  }
}
return counts;
"""
_CHARACTER = """
const style = getComputedStyle(document.querySelector('p.r-text'));
const canvas = document.createElement('canvas').getContext('2d');
canvas.font = `${style.fontSize} ${style.fontFamily}`;
return canvas.measureText(arguments[0]).width / arguments[0].length / parseFloat(style.fontSize);
"""
_PLAIN_TEXT = (
    "you had booked with us in july we had written it down for june and then we cancelled it "
    "so you stood at our desk without a room two hours before your friends wedding i am so sorry"
)


def resize(browser: Any, width: int, *, dark: bool = False, height: int = 900) -> None:
    """A window of this width, a telephone's included, for a reader who likes it light or dark."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def words(browser: Any) -> list[str]:
    """Every word that is visible, in order."""
    return str(browser.execute_script(_WORDS)).split()


def fits(browser: Any) -> bool:
    """Whether nobody has to scroll sideways."""
    return bool(
        browser.execute_script(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def outside(browser: Any) -> list[str]:
    """Texts that stick out of the window."""
    return list(browser.execute_script(_OUTSIDE))


def too_faint(browser: Any) -> list[tuple[str, float]]:
    """Texts whose colours, as computed, do not stand out enough, with their contrast."""
    found = [
        (text, contrast(tuple(colour), tuple(ground)))
        for text, colour, ground in browser.execute_script(_COLOURS)
    ]
    return [(text, round(value, 2)) for text, value in found if value < CONTRAST]


def painted_too_faint(browser: Any) -> list[tuple[str, float]]:
    """The same of the colours that were painted: a browser that darkens a page computes as if it had not.

    Of each text the commonest colour is its ground, and the one farthest from it its ink.
    """
    from PIL import Image

    shot = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"captureBeyondViewport": True, **_clip(browser)}
    )
    picture = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
    faint = []
    for text, rects in browser.execute_script(_PLACES):
        left, top, width, height = max(rects, key=lambda rect: rect[2])
        box = (int(left * 2), int(top * 2), int((left + width) * 2) + 1, int((top + height) * 2) + 1)
        colours = picture.crop(box).getcolors(maxcolors=1 << 16) or []
        ground = max(colours)[1]
        value = max(contrast(colour, ground) for _count, colour in colours)
        if value < CONTRAST:
            faint.append((text, round(value, 2)))
    return faint


def is_dark(browser: Any) -> bool:
    """Whether the middle of the page was painted dark."""
    from PIL import Image

    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {})
    picture = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("L")
    return int(max(picture.getcolors() or [])[1]) < 96  # type: ignore[arg-type]  # because grey is one number


def full_lines(browser: Any) -> list[int]:
    """Characters of each line of the letter's own paragraphs that another line follows."""
    return [int(count) for count in browser.execute_script(_FULL_LINES)]


def character_width(browser: Any) -> float:
    """Of the font that was found here, in shares of the type size."""
    return float(browser.execute_script(_CHARACTER, _PLAIN_TEXT))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """WCAG contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _clip(browser: Any) -> dict[str, Any]:
    """The whole page, twice as large, so that thin strokes keep their colour."""
    size = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    return {"clip": {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 2}}
