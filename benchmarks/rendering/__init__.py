"""Makes documents in every format from a text: laid out as offices print them, numbered by Word itself."""
