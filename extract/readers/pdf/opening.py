"""Opens PDF files with pdfium and says what is wrong with those that do not open."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.readers.pdf.unpacking import MAX_UNPACKED_BYTES, unpacks_too_large
from extract.spans import ReadProblem

MAX_PDF_BYTES = 512 * 1024 * 1024
"""A book scanned in colour; pdfium keeps the file in memory."""
HEADER = b"%PDF-"
HEADER_BYTES = 1024
"""A PDF may begin behind other bytes (ISO 32000-1, annex H, implementation note 13)."""
MESSAGES = {
    pdfium_c.FPDF_ERR_PASSWORD: (
        "encrypted_pdf",
        "The PDF needs a password to be opened. Save a copy without a password.",
    ),
    pdfium_c.FPDF_ERR_SECURITY: (
        "encrypted_pdf",
        "The PDF is encrypted in a way that cannot be read. Save a copy without protection.",
    ),
}
CORRUPT = (
    "corrupt_file",
    "The PDF is damaged and cannot be opened. Fetch the file again or print it to a new PDF.",
)


def open_pdf(content: bytes) -> pdfium.PdfDocument | ReadProblem:
    """Open a file, or give the error: ``empty_file``, ``too_large``, ``encrypted_pdf`` or ``corrupt_file``.

    A file that is encrypted with an empty password opens, as in any viewer.
    """
    if not content:
        return _error("empty_file", "The file is empty. Check that it was copied whole.")
    if len(content) > MAX_PDF_BYTES:
        message = (
            f"The PDF has {len(content):,} bytes, more than the limit of {MAX_PDF_BYTES:,}. "
            "Split it into its documents."
        )
        return _error("too_large", message)
    if HEADER not in content[:HEADER_BYTES]:
        return _error("corrupt_file", "The file is no PDF. Give it the suffix of its format.")
    if unpacks_too_large(content):
        message = (
            f"A part of the PDF unpacks to more than {MAX_UNPACKED_BYTES:,} bytes. Print it to a new PDF."
        )
        return _error("too_large", message)
    try:
        document = pdfium.PdfDocument(content)
        if len(document) > 0:
            return document
    except pdfium.PdfiumError as error:
        return _error(*MESSAGES.get(error.err_code, CORRUPT))
    return _error("corrupt_file", "The PDF holds no page. Fetch the file again or print it to a new PDF.")


def _error(code: str, message: str) -> ReadProblem:
    return ReadProblem(code, message, "error")
