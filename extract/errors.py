"""The errors that users can cause and mend; each says what happened and what to do."""

from __future__ import annotations


class VnplansError(Exception):
    """Base of all errors raised on purpose; ``exit_status`` is what the command line answers with.

    >>> issubclass(OutputError, VnplansError), UsageError.exit_status
    (True, 2)
    """

    exit_status = 1


class UsageError(VnplansError):
    """The command was given something that it cannot work with: an unknown format, a missing input."""

    exit_status = 2


class OutputError(VnplansError):
    """The output folder cannot be used or written."""

    exit_status = 2


class DatasetError(VnplansError):
    """A folder does not hold a dataset, or the dataset cannot be read."""

    exit_status = 2


class GoldError(VnplansError):
    """A gold file cannot be read or lacks what the comparison needs."""

    exit_status = 2
