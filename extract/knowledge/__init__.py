"""The vocabulary: what units, provinces, verbs and measures are called, as CSV tables with their loaders."""
