"""Where questionnaires are: the shipped ones by id, any other by its path."""

from pathlib import Path

from bpo_assess.diagnostics import Diagnostic, InputError, Severity
from bpo_assess.loading.explain import did_you_mean
from bpo_assess.loading.files import read_bytes


def shipped_folder() -> Path:
    """Find the shipped questionnaires: in the installed package, else beside the sources."""
    here = Path(__file__).resolve()
    for folder in (here.parents[1] / "questionnaires", here.parents[3] / "questionnaires"):
        if folder.is_dir():
            return folder
    raise InputError(
        Diagnostic(
            "BPO305",
            Severity.ERROR,
            "the shipped questionnaires are missing from this installation",
            hint="install bpo-assess again, or name a questionnaire file with -q",
        )
    )


FUNCTIONS = "functions.yaml"
"""The file beside the questionnaires that is none: what is known about common functions."""


def shipped_ids() -> list[str]:
    """List the ids of the shipped questionnaires."""
    names = {entry.name for entry in shipped_folder().iterdir()} - {FUNCTIONS}
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def template() -> str:
    """Read the questionnaire that new ones start from."""
    path = shipped_folder() / "templates" / "questionnaire.yaml"
    return path.read_text(encoding="utf-8")


def is_path(name: str) -> bool:
    """Tell a path from an id: it has a separator or ends like a YAML file."""
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def questionnaire_bytes(name: str) -> tuple[bytes, str]:
    """Read a questionnaire by id or path, and say under which name it is shown.

    An id is looked up among the shipped ones only, so that a result never depends on the folder
    in which the program runs.
    """
    if is_path(name):
        return read_bytes(name), name
    known = shipped_ids()
    if name in known:
        return (shipped_folder() / f"{name}.yaml").read_bytes(), f"{name}.yaml"
    raise InputError(
        Diagnostic(
            "BPO305",
            Severity.ERROR,
            f"there is no questionnaire `{name}`",
            hint=did_you_mean(name, known) or f"shipped are: {', '.join(known)}",
            note="a file is named by its path, such as ./method.yaml",
        )
    )


def seen_from(origin: str, name: str) -> str:
    """Name a questionnaire as the file that extends it means it: an id, or a path within its own folder."""
    if not is_path(name):
        return name
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or not is_path(origin):
        raise InputError(
            Diagnostic(
                "BPO305",
                Severity.ERROR,
                f"`{name}` lies outside the folder of the questionnaire that extends it",
                hint="name a shipped questionnaire by its id, or put the file into the same folder",
            )
        )
    return str(Path(origin).parent / path) if Path(origin).parent != Path() else f"./{path}"
