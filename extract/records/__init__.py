"""The tree and the mentions to records: roles, documents, groups, tasks, indicators, references."""
