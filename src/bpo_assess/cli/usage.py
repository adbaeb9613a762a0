"""Wrong usage in plain words, where the library that reads the values of options speaks for itself."""

import re

_PLAIN = (
    (re.compile(r"Value error, (.+)", re.DOTALL), r"\1"),
    (re.compile(r"Input should be greater than or equal to (\S+)"), r"at least \1 is expected"),
    (re.compile(r"Input should be less than or equal to (\S+)"), r"at most \1 is expected"),
    (re.compile(r"Input should be a valid integer\b.*", re.DOTALL), "a whole number is expected"),
    (re.compile(r"Input should be a (valid|finite) number\b.*", re.DOTALL), "a number is expected"),
)


def in_plain_words(message: str) -> str:
    """Say what is wrong with the value of an option or an argument."""
    for pattern, plain in _PLAIN:
        found = pattern.fullmatch(message)
        if found is not None:
            return found.expand(plain)
    return message
