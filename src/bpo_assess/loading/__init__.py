"""From disk to model: where files are, how they are read, and what is wrong with them, at its place."""

DEFAULT_QUESTIONNAIRE = "readiness"
"""The shipped questionnaire that is used where none is named."""
