"""Sentences as figures, structure and words: what every finder of prose reads."""
