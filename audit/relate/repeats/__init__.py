"""One fact stated twice: mentions, wordings, and when two of them are one."""
