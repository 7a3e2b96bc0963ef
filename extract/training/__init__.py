"""``vnplans train``: labelled items from documents, the model of the judge stage, and how well it does."""
