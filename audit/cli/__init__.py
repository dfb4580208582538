"""The command line: the only place that touches terminal, exit code and clock."""
