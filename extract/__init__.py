"""Reads Vietnamese administrative plans, dispatches, decisions and news into a dataset."""
