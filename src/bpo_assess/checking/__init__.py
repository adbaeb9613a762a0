"""The check of many files: each on its own, on every core, and remembered as long as nothing changes."""
