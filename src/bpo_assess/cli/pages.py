"""What commands share that print a page of their own: its format, its width, and where it goes."""

from collections.abc import Mapping, Sequence

from bpo_assess.cli.output import emit, refusing, say, wrong_usage

FORMATS = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".json": "json"}
"""Formats by the suffix of the file to write."""

NARROWEST, USUAL, WIDEST = 40, 80, 100
"""Columns of the text: at the least, in a file, and at the most where no width is asked for."""


def format_by(name: str | None, output: str | None, formats: Mapping[str, str] = FORMATS) -> str:
    """Settle the format: as it is named, else by the suffix of the file, else text."""
    if name is not None or output is None:
        return name or "text"
    found = next((form for end, form in formats.items() if output.lower().endswith(end)), None)
    return found or wrong_usage(
        f"the format of `{output}` is not clear from its name",
        f"end it in {', '.join(formats)}, or add --format",
    )


def refuse_overwriting(output: str | None, inputs: Sequence[str]) -> None:
    """Refuse to write a report over a file that it is made from."""
    from bpo_assess.reports.writing import is_same_file

    for name in inputs:
        if output is not None and name not in {"", "-"} and is_same_file(output, name):
            wrong_usage(f"`{output}` is an input; a report never replaces it", "name another file")


def columns(width: int | None, output: str | None, narrowest: int = NARROWEST) -> int:
    """Settle how wide a text is: as asked for, else as usual in a file, else as the terminal."""
    import shutil

    if width is not None:
        return width
    if output is not None:
        return USUAL
    return max(narrowest, min(WIDEST, shutil.get_terminal_size().columns))


def deliver(text: str, output: str | None) -> None:
    """Print a page, or write it to a file."""
    from bpo_assess.cli.assessing import shown_name
    from bpo_assess.reports.writing import write_file

    if output is None:
        emit(text)
        return
    with refusing("no report written."):
        write_file(output, [text])
    say(f"{shown_name(output)} written")
