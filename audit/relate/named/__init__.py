"""What a rule names in a document or a table."""
