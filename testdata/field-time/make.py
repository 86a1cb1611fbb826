#!/usr/bin/python3
"""Writes p_hop.csv: p_hop of the A particles of the clean trajectory, by numpy alone.

Reads the frames of thinned-to-the-end.lammpstrj whose step is a multiple of 200 (24 frames, 1 tau apart),
unwraps them by minimum image from frame to frame and writes one row a window (14 windows of 11 frames):
number of the centre frame, then p_hop of particles 1, 2, ... of type 1 in the order of their ids.
"""
import os
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))


def frames(path):
    lines = open(path).read().split("\n")
    at = 0
    while at < len(lines) and lines[at].startswith("ITEM: TIMESTEP"):
        step, n = int(lines[at + 1]), int(lines[at + 3])
        edge = [float(l.split()[1]) - float(l.split()[0]) for l in lines[at + 5:at + 8]]
        rows = np.array([l.split() for l in lines[at + 9:at + 9 + n]], float)
        rows = rows[rows[:, 0].argsort()]
        yield step, np.array(edge), rows[:, 1], rows[:, 2:5]
        at += 9 + n


clean = [f for f in frames(os.path.join(here, "thinned-to-the-end.lammpstrj")) if f[0] % 200 == 0]
path = [clean[0][3]]
for before, now in zip(clean, clean[1:]):
    d = now[3] - before[3]
    path.append(path[-1] + d - now[1] * np.rint(d / now[1]))
r = np.array(path)[:, clean[0][2] == 1]
with open(os.path.join(here, "p_hop.csv"), "w") as out:
    for c in range(5, len(r) - 5):
        one, two = r[c - 5:c + 1], r[c:c + 6]
        first = ((one - two.mean(0)) ** 2).sum(-1).mean(0)
        second = ((two - one.mean(0)) ** 2).sum(-1).mean(0)
        out.write(str(c) + "," + ",".join("%.9g" % p for p in np.sqrt(first * second)) + "\n")
