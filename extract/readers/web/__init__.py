"""The parts of a web page: its markup, what of it is the article, and its text as the browser prints it."""
