"""Spreadsheets: cells of any format to the text that stands on the printed sheet, and sheets to blocks."""
