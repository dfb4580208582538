"""From outcomes to a run: findings, duplicates, sorting."""
