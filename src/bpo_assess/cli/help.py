"""Help as people read it: arguments by their names, without the types of a programming language."""

from typing import Any

from typer.core import TyperCommand


class Command(TyperCommand):
    """A command whose help lists arguments and options in plain words."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the options, each with its help, under the titles that they were given."""
        rows: dict[str, list[tuple[str, str]]] = {"Arguments": []}
        plain: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            if parameter.param_type_name == "argument":
                rows["Arguments"].append((str(parameter.metavar or parameter.name), record[1]))
            else:
                title = getattr(parameter, "rich_help_panel", None)
                (rows.setdefault(title, []) if title else plain).append(record)
        rows["Options" if len(rows) == 1 else "Other options"] = plain
        for title, entries in rows.items():
            if entries:
                with formatter.section(title):
                    formatter.write_dl(entries)
