"""Builds the one part of Guiju that is in C where a compiler is at hand; without it everything works as well, and slower.

`guiju/validators/streaming/decode/_typed_lines.c` reads lines of JSON that are written alike. It asks for nothing but Python's headers.
"""

import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SOURCE = Path("guiju", "validators", "streaming", "decode", "_typed_lines.c")


class Reader(BuildHookInterface[Any]):
    """The hook that pip calls when it installs Guiju, in place or as a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the reader beside its source, and has it taken along."""
        if self.target_name != "wheel":
            return
        made = _compiled(Path(self.root, _SOURCE))
        if made is None:
            print("guiju: built without the reader in C (no compiler, or no headers of Python); long checks take longer", file=sys.stderr)
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["artifacts"].append("/" + made.relative_to(self.root).as_posix())


def _compiled(source: Path) -> Path | None:
    made = source.with_name(source.stem + str(sysconfig.get_config_var("EXT_SUFFIX")))
    linker = sysconfig.get_config_var("LDSHARED")
    if sys.implementation.name != "cpython" or not linker:
        return None
    command = [*shlex.split(linker), "-O2", "-fPIC", f"-I{sysconfig.get_paths()['include']}", str(source), "-o"]
    fresh = made.with_suffix(".new")
    try:
        done = subprocess.run([*command, str(fresh)], capture_output=True, text=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired):
        done = None
    if done is None or done.returncode != 0:
        # What was built from an older source is not kept.
        fresh.unlink(missing_ok=True)
        made.unlink(missing_ok=True)
        return None
    fresh.replace(made)
    return made
