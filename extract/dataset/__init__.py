"""Records to tables: rows, writers, ``datapackage.json``, and reading a written dataset back.

The folder that comes out is a promise to those who archive and load it:

- The same documents give the same bytes, whatever the number of workers. Only ``run.json`` holds times,
  and ``dataset.duckdb`` holds the same rows but numbers of its own inside the file.
- Several values in one cell are joined by ``; ``. An empty cell means not stated (null in Parquet,
  JSON Lines and DuckDB).
- CSV and XLSX: a text cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return gets
  a ``'`` in front, since a spreadsheet could run it as a formula; so does one that begins with ``'`` and
  such a character, so that taking one ``'`` away always gives the text back. Numbers and columns with a
  closed list of values (``comparator``) stay as they are. Parquet, JSON Lines and DuckDB are untouched.
- Control characters, lone surrogates and noncharacters are U+FFFD in the whole output, those that are
  white space a blank; one character stays one character, so that offsets hold.
- ``document_id`` comes from the bytes of a file alone. When the same bytes come again under another
  name, the second document keeps all its rows under an id of its own, the first 16 hexadecimal digits
  of the SHA-256 of the file's SHA-256 (in hexadecimal) followed by the source path, and
  ``duplicate_of`` names the first.
"""
