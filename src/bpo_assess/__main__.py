"""The entry of the program: answers `--version` at once, and runs everything else behind one boundary."""

import gc
import os
import sys

STOPPED = 130
"""The exit code of a program that was stopped with Ctrl-C."""


def main() -> int:
    """Run the program and return its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from bpo_assess import __version__

        print(f"bpo-assess {__version__}")
        return 0
    # What is read stays until the end: looking through it for garbage again and again finds none.
    gc.set_threshold(20_000)
    # Plugins of other packages would run inside the reading of files.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    try:
        from bpo_assess.cli.boundary import run
    except KeyboardInterrupt:
        return STOPPED
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
