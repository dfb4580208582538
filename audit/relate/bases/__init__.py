"""What a percentage is a share of."""
