"""Totals and their parts: the ways a run of figures may divide another."""
