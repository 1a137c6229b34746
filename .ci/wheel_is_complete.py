"""Fails if the wheel named on the command line lacks a file of the package, or holds another."""

import sys
import zipfile
from pathlib import Path

PACKAGE = "ethical_personalization"

present = {
    path.as_posix()
    for path in Path(PACKAGE).rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
}
shipped = {name for name in zipfile.ZipFile(sys.argv[1]).namelist() if ".dist-info/" not in name}
if present != shipped:
    sys.exit(f"Not in the wheel: {present - shipped}; only in the wheel: {shipped - present}")
sys.stdout.write(f"The wheel holds all {len(present)} files of the package.\n")
