"""Archives of files: ZIP, tar, 7-Zip, single compressed files, crawls (JSON Lines) and web archives (WARC).

``kinds`` tells them by their first bytes, a module each lists their members, ``expand`` makes the documents
of them: names mended, archives within archives opened, limits kept. Nothing is written but temporary files
without a name. A member is called ``archive.zip!/path``; an archive has a row of its own only when
something is to be told of it, behind its documents.
"""
