"""Media types of answers on the web that hold documents, and the suffixes that readers know these by."""

from __future__ import annotations

SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/rtf": ".rtf",
    "application/rtf": ".rtf",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "multipart/related": ".mhtml",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
"""Types that answers with documents have, and the suffix that readers know them by."""
UNTOLD_TYPES = frozenset({
    "", "application/octet-stream", "binary/octet-stream", "application/force-download",
    "application/download", "application/x-download",
})  # fmt: skip
"""Types that say nothing: the suffix of the address decides."""
