"""Our arithmetic for people who live in pandera or Great Expectations: one module each, imported by name."""
