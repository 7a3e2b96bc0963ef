"""Blocks to a tree: canonical text, outline of headings and items, tables."""
