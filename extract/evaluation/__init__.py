"""How near a written dataset comes to gold files: scores, how sure they are, and what went wrong.

A gold file holds what a careful reader would write down from one document. ``gold`` reads gold files and
finds the rows of their documents, ``comparing`` folds words and values, ``pairing`` says which records are
the same, ``mistakes`` gives every wrong record a cause, and ``evaluate`` adds all up. ``bootstrap`` gives
scores their intervals, ``reliability`` holds confidence against what was right, ``changes`` compares two
evaluations. ``report``, ``summary`` and ``page`` show an evaluation as JSON, as text and as a web page.
"""

from extract.evaluation.changes import Changes, compare_evaluations
from extract.evaluation.evaluate import evaluate_dataset
from extract.evaluation.scores import Evaluation, FieldScore, Outcome

__all__ = ["Changes", "Evaluation", "FieldScore", "Outcome", "compare_evaluations", "evaluate_dataset"]
