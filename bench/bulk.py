"""The check of many files, against the peers on the same files, and against itself.

The files are copies of one example with its evidence, so that every rule has something to look at. The
peers do less: they hold a file to a schema or to a style, and know no method.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from children import Cost, run

from bpo_assess.model.process import ProcessDescription

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
NPM = BIN.parent / "npm" / "node_modules" / ".bin"
EXAMPLE = ROOT / "examples" / "payroll.yaml"
FEW = 100

RULES_OF_SPECTRAL = (
    "rules:\n  kpis:\n    given: $.kpis[*]\n    then: {field: formula, function: truthy}\n"
)

Row = tuple[str, float, str]


@dataclass(frozen=True)
class Folder:
    """A folder of many descriptions."""

    path: Path

    def check(self, *options: str) -> Cost:
        """Check it as a whole."""
        command = [str(BIN / "bpo-assess"), "check", ".", "--as-of", "2026-11-01", *options]
        return run(command, self.path, {"XDG_CACHE_HOME": str(self.path.parent / "cache")})

    @property
    def names(self) -> list[str]:
        """The names of its descriptions."""
        return sorted(file.name for file in self.path.glob("*.yaml"))


@contextmanager
def folder_of(number: int) -> Iterator[Folder]:
    """Make a folder with so many descriptions."""
    text = EXAMPLE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "processes")
        shutil.copytree(ROOT / "examples" / "evidence" / "payroll", path / "evidence" / "payroll")
        for n in range(number):
            own = text.replace("id: payroll\n", f"id: payroll-{n}\n", 1)
            (path / f"process-{n:05}.yaml").write_text(own, encoding="utf-8")
        yield Folder(path)


def rows(number: int, most: int) -> Iterator[Row]:
    """Measure, and give a name, a ratio and what it divides by."""
    with folder_of(number) as folder:
        yield from _against_peers(folder)
        alone, two = (folder.check("--no-cache", "--workers", n) for n in "12")
        yield "the same on the clock, two processes", two.clock / alone.clock, "one process"
    with folder_of(most) as folder, folder_of(FEW) as few:
        first, again = folder.check(), folder.check()
        yield f"check of {most} files that have not changed", again.cpu / first.cpu, "the first run"
        memory = first.memory / few.check().memory
        yield f"memory of check of {most} files", memory, f"{FEW} files"


def _against_peers(folder: Folder) -> Iterator[Row]:
    schema = folder.path.parent / "schema.json"
    schema.write_text(json.dumps(ProcessDescription.model_json_schema()), encoding="utf-8")
    ruleset = folder.path.parent / "ruleset.yaml"
    ruleset.write_text(RULES_OF_SPECTRAL, encoding="utf-8")
    alone = ("--no-cache", "--workers", "1")
    plain, demanding = folder.check(*alone), folder.check(*alone, "--min-candidacy", "70")
    peers = {
        "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", str(schema)],
        "yamllint": [str(BIN / "yamllint")],
        "spectral": [str(NPM / "spectral"), "lint", "--ruleset", str(ruleset)],
    }
    count = len(folder.names)
    for peer, command in peers.items():
        if not Path(command[0]).exists():
            continue
        cost = run([*command, *folder.names], folder.path)
        yield f"check of {count} files", plain.cpu / cost.cpu, peer
        yield f"check of {count} files, with a requirement", demanding.cpu / cost.cpu, peer
