#!/usr/bin/env python3
"""Keeps a reproduction in the repository: its page with the drawings as files, table, numbers, figures, definition, classifiers.

Usage: docs/reproduction/keep.py DIR docs/reproduction/NAME     (DIR is what `reproduce --output DIR` left behind)
"""
import pathlib, re, shutil, sys

run, kept = map(pathlib.Path, sys.argv[1:])
for folder in ("figures", "models"):
    (kept / folder).mkdir(parents=True, exist_ok=True)
page = (run / "report.html").read_text()
drawn = sorted(f.stem for f in (run / "figures").glob("*.png"))
# In the order of the page.
names = ["fig1", "fig1-inset", "fig2", "fig2-inset", "fig3a", "fig3b", "fig4", "fig4-inset", "fig5a", "fig5b", "fig6", "fig7", "fig8"]
names = [n for n in names if n in drawn] + re.findall(r'"name" : "([^"]+)"', (run / "report.json").read_text())
names = [n if n.startswith("fig") else "fig9-" + n for n in names]
drawings = re.findall(r"<svg.*?</svg\s*>", page, flags=re.S)
if len(drawings) != len(names):
    sys.exit(f"{run / 'report.html'}: {len(drawings)} drawings, expected {len(names)}")
for name, drawing in zip(names, drawings):
    if f"{name}-" not in drawing:
        sys.exit(f"{run / 'report.html'}: the drawing in place of {name} is another")
    page = page.replace(drawing, f'<img width=575 src="figures/{name}.png" alt="{name}">', 1)
(kept / "report.html").write_text(page)
for name in drawn:
    for end in ("png", "csv"):
        source = run / "figures" / f"{name}.{end}"
        if source.exists():
            shutil.copy(source, kept / "figures")
for name in ("report.json", "table1.csv", "definition.yaml"):
    shutil.copy(run / name, kept)
for name in re.findall(r'"name" : "([^"]+)"', (run / "report.json").read_text()):
    shutil.copy(run / "models" / f"{name}.json", kept / "models")
