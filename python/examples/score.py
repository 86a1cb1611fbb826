#!/usr/bin/env python3
"""Scores of the A particles of one frame of a GSD file by the model of a run, as CSV.    python3 score.py RUN FILE.gsd FRAME"""
import sys

import gsd.hoomd
import numpy as np

import vitrine

with vitrine.open(sys.argv[1]) as run, gsd.hoomd.open(sys.argv[2], "rb") as trajectory:
    name, model = sorted(run.models().items())[0]
    frame = trajectory[int(sys.argv[3])]
    species = np.array(frame.particles.types)[frame.particles.typeid]
    lx, ly, lz, xy, xz, yz = map(float, frame.configuration.box)
    box = (lx, ly, lz, xy * ly, xz * lz, yz * lz)  # GSD has tilt factors
    targets = np.flatnonzero(species == "A")
    print(f"particle,{name}")
    for particle, score in zip(targets, model.score(frame.particles.position, species, box, targets)):
        print(f"{particle},{score:.9g}")
