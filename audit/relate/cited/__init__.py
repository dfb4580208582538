"""What a document numbers and cites: targets, citations, sequences."""
