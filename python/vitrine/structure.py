"""Radial structure functions of a configuration.

G_X(i; r) = sum over j of species X, j != i, of exp(-(R_ij - r)^2 / (2 delta^2)), over all periodic images of j with R_ij <= cutoff.
"""

import itertools
import math

import numpy as np


def cell(box):
    """Cell vectors [3, 3] as rows, from three edges, from (lx, ly, lz, xy, xz, yz) with tilt lengths, or from a matrix."""
    box = np.asarray(box, float)
    if box.shape == (3,):
        return np.diag(box)
    if box.shape == (6,):
        lx, ly, lz, xy, xz, yz = box
        return np.array([[lx, 0, 0], [xy, ly, 0], [xz, yz, lz]])
    if box.shape == (3, 3):
        return box
    raise ValueError(f"box must have shape (3,), (6,) or (3, 3), but was {box.shape}")


def radial(positions, species, box, radii, delta, cutoff, names=("A", "B"), targets=None, periodic=(True, True, True), diameters=None):
    """Structure functions [n, len(names) * len(radii)] of the particles `targets` (indices; all by default).

    positions [N, 3] wrapped or not; species [N] as names; periodic edges (in two dimensions z is not; the third edge then has any length > 0).
    With diameters [N] distances are R_ij / ((d_i + d_j) / 2), and radii, delta and cutoff are in that unit. Cost: n N (images) exponentials of each radius; memory for one particle at a time.
    """
    positions, radii, vectors = np.asarray(positions, float), np.asarray(radii, float), cell(box)
    species = np.asarray(species)
    if species.shape != (len(positions),):
        raise ValueError(f"species must have shape ({len(positions)},), but was {species.shape}")
    unknown = sorted(set(species.tolist()) - set(names))
    if unknown:
        raise ValueError(f"species must be among {list(names)}, but there were {unknown}")
    targets = np.arange(len(positions)) if targets is None else np.asarray(targets)
    inverse, periodic = np.linalg.inv(vectors), np.asarray(periodic, bool)
    heights = 1 / np.linalg.norm(inverse, axis=0)
    reach = cutoff if diameters is None else cutoff * np.max(diameters)
    counts = [math.ceil(reach / h + 0.5) if p else 0 for h, p in zip(heights, periodic)]
    shifts = np.array(list(itertools.product(*(range(-c, c + 1) for c in counts)))) @ vectors
    of = [species == name for name in names]
    found = np.empty((len(targets), len(names) * len(radii)))
    for row, i in enumerate(targets):
        d = positions - positions[i]
        d -= np.where(periodic, np.rint(d @ inverse), 0) @ vectors
        r = np.linalg.norm(d[:, None, :] + shifts[None, :, :], axis=2)
        itself = r == 0
        if diameters is not None:
            r = r / ((np.asarray(diameters, float) + diameters[i]) / 2)[:, None]
        near = (r <= cutoff) & ~itself
        for k, mask in enumerate(of):
            distances = r[mask][near[mask]]
            g = np.exp(-((distances[:, None] - radii) ** 2) / (2 * delta**2)).sum(axis=0)
            found[row, k * len(radii):(k + 1) * len(radii)] = g
    return found
