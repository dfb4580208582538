"""Dates in sentences: ranges, lapses, lifetimes, horizons and cited titles."""
