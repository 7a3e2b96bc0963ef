"""The formats a dataset is written in: one module a format, each a class with ``write`` and ``close``."""
