"""Tables understood: from cells to a grid of values, from the grid to the relations its lines keep."""
