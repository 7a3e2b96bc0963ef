"""Word documents (Office Open XML): the package, its numbering, styles, revisions, tables and body."""
