"""Printed pages, from a PDF's text or from OCR: their words and tables, and the blocks that they make."""
