"""Text in the looks of annotations: numbers and dates that signing software stamps on a page."""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_c

MAX_ANNOTATIONS = 200
"""Of a page are looked at; a signed document has a dozen."""
MAX_OBJECTS = 200
"""Of an annotation's looks are looked at."""
MAX_DEPTH = 4


def draw_stamps(page: Any) -> bool:
    """Draw the annotations of a page into its content; say whether it must be loaded again.

    ``page`` is pdfium's handle. Nothing is done where no annotation holds text: most signatures are
    pictures only.
    """
    count = min(pdfium_c.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)
    if not any(_holds_text(page, index) for index in range(count)):
        return False
    return bool(pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY) == pdfium_c.FLATTEN_SUCCESS)


def _holds_text(page: Any, index: int) -> bool:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        count = min(pdfium_c.FPDFAnnot_GetObjectCount(annotation), MAX_OBJECTS)
        return any(_is_text(pdfium_c.FPDFAnnot_GetObject(annotation, place), 0) for place in range(count))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _is_text(item: Any, depth: int) -> bool:
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
        return True
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth >= MAX_DEPTH:
        return False
    count = min(pdfium_c.FPDFFormObj_CountObjects(item), MAX_OBJECTS)
    return any(_is_text(pdfium_c.FPDFFormObj_GetObject(item, place), depth + 1) for place in range(count))
