"""From a path to a document: one reader per format, chosen by extension and by content.

Each format's module has `read(path, data, limits) -> Document` and is imported on first use.
"""
