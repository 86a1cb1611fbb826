#!/usr/bin/env python3
"""Keeps a reproduction in the repository: its page with the drawings as files, table, numbers, figures, definition, classifiers.

Usage: docs/reproduction/keep.py [--numbers] DIR docs/reproduction/NAME     (DIR is what `reproduce --output DIR` left behind;
--numbers leaves out the page and the figures)
"""
import gzip, json, pathlib, re, shutil, sys

numbers = "--numbers" in sys.argv
run, kept = map(pathlib.Path, (a for a in sys.argv[1:] if a != "--numbers"))
for folder in ("models", "numbers"):
    (kept / folder).mkdir(parents=True, exist_ok=True)


def drawn():
    (kept / "figures").mkdir(exist_ok=True)
    page = (run / "report.html").read_text()
    page = re.sub(r'<!--(fig[^ ]*?)-->\s*<svg.*?</svg\s*>', r'<img width=575 src="figures/\1.png" alt="\1">', page, flags=re.S)
    if "<svg" in page:
        sys.exit(f"{run / 'report.html'}: a drawing without a name")
    (kept / "report.html").write_text(page)
    for png in sorted((run / "figures").glob("*.png")):
        shutil.copy(png, kept / "figures")
        shutil.copy(png.with_suffix(".csv"), kept / "figures")


if not numbers:
    drawn()
for name in ("report.json", "table1.csv", "definition.yaml"):
    shutil.copy(run / name, kept)
for table in ("rates.csv", "covariances.csv"):
    # No time and no name in the archive: the same numbers give the same bytes.
    (kept / "numbers" / f"{table}.gz").write_bytes(gzip.compress((run / "numbers" / table).read_bytes(), 9, mtime=0))
for row in json.loads((run / "report.json").read_text())["classifiers"]:
    shutil.copy(run / "models" / f"{row['name']}.json", kept / "models")
