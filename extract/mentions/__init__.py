"""Mentions: text to spans (periods, quantities, units, document numbers), no meaning yet."""
