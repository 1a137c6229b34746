"""How shapes get onto a picture: smooth paths, soft masks and paint, with Pillow alone.

Shapes are written as SVG-like paths in the units of a sheet 800 wide and 1000 high. Every shape
becomes a small antialiased mask; everything else (texture, shade, shadow) is paint through masks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, hypot, radians, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SHEET = (800, 1000)
FINER = 3  # each mask is drawn this many times larger, then averaged down
CURVE_STEP = 14  # curves become straight pieces of about this length

Point = tuple[float, float]
Colour = tuple[int, int, int]
Trace = Callable[[ImageDraw.ImageDraw, list[Point]], None]


@dataclass(frozen=True, kw_only=True)
class Mask:
    """Where paint goes: an 8-bit image and its place on the picture."""

    left: int
    top: int
    image: Image.Image

    @property
    def box(self) -> tuple[int, int, int, int]:
        return (self.left, self.top, self.left + self.image.width, self.top + self.image.height)

    def window(self, box: tuple[int, int, int, int]) -> Image.Image:
        """What this mask holds within a box of the picture; nothing outside it."""
        left, top, right, bottom = box
        return self.image.crop(
            (left - self.left, top - self.top, right - self.left, bottom - self.top)
        )

    def within(self, other: Mask) -> Mask:
        return replace(self, image=ImageChops.multiply(self.image, other.window(self.box)))

    def without(self, other: Mask) -> Mask:
        return replace(self, image=ImageChops.subtract(self.image, other.window(self.box)))

    def moved(self, dx: float, dy: float) -> Mask:
        return replace(self, left=self.left + round(dx), top=self.top + round(dy))

    def blurred(self, radius: float) -> Mask:
        """A soft copy; worked out at half the size, which nobody sees."""
        pad = 2 * round(radius * 1.5) + 2
        left, top, right, bottom = self.box
        wide = self.window((left - pad, top - pad, right + pad, bottom + pad))
        small = wide.reduce(2).filter(ImageFilter.GaussianBlur(radius / 2))
        soft = small.resize(wide.size, Image.Resampling.BILINEAR)
        return Mask(left=left - pad, top=top - pad, image=soft)


@lru_cache(maxsize=100)
def _faded(alpha: float) -> list[int]:
    return [round(value * alpha) for value in range(256)]


@lru_cache(maxsize=2000)
def points_of(path: str) -> tuple[tuple[Point, ...], ...]:
    """Polylines of a path with the commands M, L, Q, C and Z (absolute only)."""
    lines: list[list[Point]] = []
    words = path.replace(",", " ").split()
    command, at = "M", 0
    counts = {"M": 2, "L": 2, "Q": 4, "C": 6}
    while at < len(words):
        if words[at].isalpha():
            command = words[at]
            at += 1
        if command == "Z":
            lines[-1].append(lines[-1][0])
            continue
        count = counts[command]
        numbers = [float(word) for word in words[at : at + count]]
        at += count
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            lines.append(pairs)
            command = "L"
        else:
            lines[-1].extend(_curve(lines[-1][-1], pairs))
    return tuple(tuple(line) for line in lines)


def _curve(start: Point, rest: Sequence[Point]) -> Iterator[Point]:
    if len(rest) == 1:
        yield rest[0]
        return
    end = rest[-1]
    steps = max(8, min(40, int(hypot(end[0] - start[0], end[1] - start[1]) / CURVE_STEP) + 10))
    for step in range(1, steps + 1):
        t = step / steps
        level: list[Point] = [start, *rest]
        while len(level) > 1:
            level = [
                (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
                for a, b in zip(level, level[1:], strict=False)
            ]
        yield level[0]


@lru_cache(maxsize=2000)
def mirrored(path: str) -> str:
    """A closed symmetrical shape from its left half, which starts and ends on the middle line."""
    half = points_of(path)[0]
    whole = [*half, *((800 - x, y) for x, y in reversed(half))]
    return "M " + " L ".join(f"{x:.2f} {y:.2f}" for x, y in whole)


@lru_cache(maxsize=2000)
def flipped(path: str) -> str:
    """The same path on the other side of the sheet's middle line."""
    lines = points_of(path)
    return " ".join("M " + " L ".join(f"{800 - x:.2f} {y:.2f}" for x, y in line) for line in lines)


@lru_cache(maxsize=2000)
def turned(path: str, degrees: float, x: float = 400, y: float = 500) -> str:
    """The same path turned clockwise around a point."""
    c, s = cos(radians(degrees)), sin(radians(degrees))
    lines = [
        [(x + (px - x) * c - (py - y) * s, y + (px - x) * s + (py - y) * c) for px, py in line]
        for line in points_of(path)
    ]
    return " ".join("M " + " L ".join(f"{px:.2f} {py:.2f}" for px, py in line) for line in lines)


def dashes(line: Sequence[Point], on: float, off: float) -> Iterator[list[Point]]:
    """Pieces of a line, ``on`` units long with gaps of ``off`` units."""
    drawing, left, piece = True, on, [line[0]]
    for start, end in zip(line, line[1:], strict=False):
        here, length = start, hypot(end[0] - start[0], end[1] - start[1])
        while length > left:
            t = left / length
            here = (here[0] + (end[0] - here[0]) * t, here[1] + (end[1] - here[1]) * t)
            if drawing:
                yield [*piece, here]
            length -= left
            drawing, piece = not drawing, [here]
            left = on if drawing else off
        left -= length
        piece.append(end)
    if drawing and len(piece) > 1:
        yield piece


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """A picture and the place and size in which shapes land on it."""

    image: Image.Image
    dx: float = 0.0
    dy: float = 0.0
    scale: float = 1.0
    pegs: bool = True  # whether what hangs brings its own peg

    def placed(self, dx: float, dy: float, scale: float) -> Canvas:
        """The same picture with the sheet moved and scaled within the current one."""
        return replace(
            self,
            dx=self.dx + dx * self.scale,
            dy=self.dy + dy * self.scale,
            scale=self.scale * scale,
        )

    def area(self, path: str) -> Mask:
        """The inside of a path."""
        lines = [self._onto(line) for line in points_of(path)]
        return self._drawn(lines, 1, lambda pen, line: pen.polygon(line, fill=255))

    def line(self, path: str, width: float, *, dash: tuple[float, float] | None = None) -> Mask:
        """The line along a path, with round ends, optionally in stitches."""
        lines = list(points_of(path))
        if dash:
            lines = [tuple(piece) for line in lines for piece in dashes(line, *dash)]
        thick = max(1, round(width * self.scale * FINER))

        def trace(pen: ImageDraw.ImageDraw, line: list[Point]) -> None:
            pen.line(line, fill=255, width=thick, joint="curve")
            for x, y in (line[0], line[-1]):
                pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)

        return self._drawn([self._onto(line) for line in lines], width * self.scale, trace)

    def disc(self, x: float, y: float, rx: float, ry: float | None = None) -> Mask:
        """A circle or an ellipse."""
        k, ry = 0.5523, rx if ry is None else ry
        return self.area(
            f"M {x - rx} {y} C {x - rx} {y - k * ry} {x - k * rx} {y - ry} {x} {y - ry} "
            f"C {x + k * rx} {y - ry} {x + rx} {y - k * ry} {x + rx} {y} "
            f"C {x + rx} {y + k * ry} {x + k * rx} {y + ry} {x} {y + ry} "
            f"C {x - k * rx} {y + ry} {x - rx} {y + k * ry} {x - rx} {y}"
        )

    def paint(self, mask: Mask, colour: Colour, alpha: float = 1.0) -> None:
        image = mask.image
        if alpha < 1:
            image = image.point(_faded(alpha))
        self.image.paste(colour, (mask.left, mask.top), image)

    def fitted(self, sheet: Image.Image, mask: Mask) -> Mask:
        """A mask cut out of a whole sheet (a pattern, a texture), at this canvas' scale."""
        x, y, scale = round(self.dx), round(self.dy), self.scale
        left, top = max(mask.left, x), max(mask.top, y)
        right = min(mask.box[2], x + int(sheet.width * scale))
        bottom = min(mask.box[3], y + int(sheet.height * scale))
        if right <= left or bottom <= top:
            return mask.without(mask)
        box = tuple(at / scale for at in (left - x, top - y, right - x, bottom - y))
        part = sheet.resize((right - left, bottom - top), Image.Resampling.BOX, box)
        return mask.within(Mask(left=left, top=top, image=part))

    def _onto(self, line: Sequence[Point]) -> list[Point]:
        return [
            ((self.dx + x * self.scale) * FINER, (self.dy + y * self.scale) * FINER)
            for x, y in line
        ]

    def _drawn(self, lines: list[list[Point]], margin: float, trace: Trace) -> Mask:
        xs = [x for line in lines for x, _ in line]
        ys = [y for line in lines for _, y in line]
        pad = int(margin) + 2
        left, top = int(min(xs) // FINER) - pad, int(min(ys) // FINER) - pad
        right, bottom = int(max(xs) // FINER) + pad + 1, int(max(ys) // FINER) + pad + 1
        large = Image.new("L", ((right - left) * FINER, (bottom - top) * FINER))
        pen = ImageDraw.Draw(large)
        for line in lines:
            trace(pen, [(x - left * FINER, y - top * FINER) for x, y in line])
        return Mask(left=left, top=top, image=large.reduce(FINER))
