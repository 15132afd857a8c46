"""Reading a picture with rapidocr (PaddleOCR's models on onnxruntime); only the reading program imports this.

The models lie inside the package. Nothing is fetched: a model that is missing is a failure.
"""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy
from PIL import Image

from desktop.capture.redact.apply import open_picture
from desktop.capture.screen_text.codes import mended
from desktop.capture.screen_text.panels import Panels
from desktop.capture.screen_text.spacing import rectangle, words_of
from desktop.capture.screen_text.words import TextLine, in_reading_order
from desktop.capture.screens.geometry import Rectangle

_FOUND_AT = 1920
"""Pixels of the longer side at which text is looked for; what is found is then read in the picture's own pixels."""
_BAND, _OVERLAP = 368, 64
"""Rows that are read at once at that size, for the memory they take; and rows read twice on either side of an edge."""
_MOST_PIXELS = 64_000_000
"""A larger picture is no screen."""
_FAINT, _SHARE = 12, 0.2
"""Ink differs from the paper by more than this, and than this share of what differs most in the line."""
_THREADS = max(1, min(4, (os.cpu_count() or 2) // 2))


class TooLarge(Exception):
    """The picture has more pixels than any screen."""


class Recognition:
    """The models, loaded with the first picture and kept."""

    def read(self, picture: bytes) -> tuple[TextLine, ...]:
        """The lines on the picture (bytes of an image file), from the top. Raises whatever the libraries raise."""
        with Image.open(io.BytesIO(picture)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise TooLarge(image.size)
        upright = open_picture(io.BytesIO(picture))  # as marks on it count
        pixels = numpy.ascontiguousarray(numpy.asarray(upright)[:, :, ::-1])
        panels = Panels(pixels)
        lines: list[TextLine] = []
        for band in _bands(*pixels.shape[:2]):
            before = list(lines)
            lines += (line for line in self._band(pixels, panels, band) if not _is_among(line, before))
        return in_reading_order(lines)

    def _band(self, pixels: Any, panels: Panels, band: "_Band") -> Iterator[TextLine]:
        """The lines whose middle lies in the part of the band that is its own, or near to it.

        Near: its neighbour may see the same line some pixels elsewhere, and leave it to this one.
        """
        found = self._engine(pixels[band.top : band.bottom], return_word_box=True, return_single_char_box=True)
        if found.txts is None:
            return
        for text, corners, sure, own in zip(
            found.txts, found.boxes.tolist(), found.scores, _characters(found), strict=True
        ):
            here = [[across, down + band.top] for across, down in corners]
            place = rectangle(here)
            middle, near = place.top + place.height / 2, place.height / 2
            if text.strip() and band.first - near <= middle < band.last + near:
                words = words_of(text, here, float(sure), own, _inked(pixels, place))
                yield TextLine(
                    words=tuple(replace(word, text=mended(word.text)) for word in words), panel=panels.behind(place)
                )

    @cached_property
    def _engine(self) -> Any:
        import onnxruntime
        import rapidocr

        onnxruntime.disable_telemetry_events()
        models = Path(rapidocr.__file__).parent / "models"
        return rapidocr.RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Global.use_preprocess_img": False,
                "Det.limit_type": "max",
                "Det.limit_side_len": _FOUND_AT,
                "Det.model_path": str(models / "PP-OCRv6_det_small.onnx"),
                "Rec.rec_batch_num": 1,
                "Rec.model_path": str(models / "PP-OCRv6_rec_small.onnx"),
                "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )


def _is_among(line: TextLine, others: Sequence[TextLine]) -> bool:
    """Whether the band before has read the same line."""
    box = line.box
    return any(other.box.overlap(box) * 2 > min(other.box.width, box.width) * box.height for other in others)


@dataclass(frozen=True, slots=True)
class _Band:
    """Rows that are read at once: from `top` to `bottom`, of which those from `first` to `last` are its own."""

    top: int
    bottom: int
    first: int
    last: int


def _bands(height: int, width: int) -> Iterator[_Band]:
    """Bands that cover the picture: text at a band's edge stands whole in its neighbour."""
    rows = round(_BAND * max(1.0, max(height, width) / _FOUND_AT))
    count = max(1, -(-height // rows))
    edges = [height * number // count for number in range(count + 1)]
    for first, last in pairwise(edges):
        yield _Band(max(0, first - _OVERLAP), min(height, last + _OVERLAP), first, last)


def _characters(found: Any) -> Sequence[Any]:
    """The places of each line's characters; empty ones where the library has lost count."""
    places = found.word_results
    return places if places is not None and len(places) == len(found.txts) else [()] * len(found.txts)


def _inked(pixels: Any, line: Rectangle) -> list[bool]:
    """Of each column of the line, whether something in it differs from the line's background."""
    part = pixels[line.top : line.top + line.height, line.left : line.left + line.width].astype(numpy.int16)
    paper = numpy.median(part.reshape(-1, 3), axis=0)
    contrast = numpy.abs(part - paper).max(axis=2)
    faint = max(_FAINT, _SHARE * float(contrast.max(initial=0)))
    found: list[bool] = (contrast > faint).any(axis=0).tolist()
    return found
