"""Reads PDF files: text layers that can be trusted as they are, other pages by OCR."""

from extract.readers.pdf.reading import read_pdf

__all__ = ["read_pdf"]
