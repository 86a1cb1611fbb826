#!/usr/bin/python3
"""Small runs of systems that are not binary, not in three dimensions, not periodic or not of one size, with p_hop, radial
structure functions, scores and relaxation functions of them by numpy: an oracle.

    ./generate.py        (numpy, scipy, gsd; writes beside itself)

The particles move like caged ones that hop now and then; no physics is meant. Everything expected is computed from the
numbers that stand in the files, term by term: all images within the cut-off, all pairs of frames.
"""
import itertools
import json
import pathlib
import sys

import gsd.hoomd
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "relaxation"))
from relaxation import relaxation  # noqa: E402

FRAMES, STEPS, DT = 24, 200, 0.005
RADII, DELTA, CUTOFF = np.array([k / 10 for k in range(1, 51)]), 0.2, 6.2
AT = 7
WAVEVECTORS, OVERLAP = [7.25, 2.0], 0.3


def walk(rng, start, dimensions):
    """Cages that drift and hop, vibrations about them [F, N, 3]."""
    cages, out = start.copy(), []
    for _ in range(FRAMES):
        hops = rng.random(len(cages)) < 0.02
        step = 0.03 * rng.normal(size=cages.shape) + hops[:, None] * rng.uniform(-0.6, 0.6, cages.shape)
        step[:, dimensions:] = 0
        cages = cages + step
        shake = 0.07 * rng.normal(size=cages.shape)
        shake[:, dimensions:] = 0
        out.append(cages + shake)
    return np.array(out)


def scattered(rng, n, vectors, dimensions, apart):
    """Fractional coordinates of n particles that are apart from each other and their images."""
    shifts = images(dimensions, [True] * 3, 1) @ vectors
    found = []
    while len(found) < n:
        r = np.append(rng.random(dimensions), np.zeros(3 - dimensions)) @ vectors
        if all(np.linalg.norm(r - o + shifts, axis=1).min() > apart for o in found):
            found.append(r)
    return np.array(found)


def images(dimensions, periodic, most):
    along = [range(-most, most + 1) if d < dimensions and periodic[d] else (0,) for d in range(3)]
    return np.array(list(itertools.product(*along)))


def unwrapped(x, vectors, dimensions, periodic):
    """Paths by the shortest of all images from frame to frame."""
    shifts = images(dimensions, periodic, 3) @ vectors
    out = [x[0]]
    for a, b in zip(x, x[1:]):
        d = (b - a)[:, None, :] + shifts
        out.append(out[-1] + d[np.arange(len(a)), np.argmin(np.sum(d * d, axis=2), axis=1)])
    return np.array(out)


def p_hop(paths):
    """[F - 10, N], both halves with their ends."""
    out = []
    for t in range(5, len(paths) - 5):
        one, two = paths[t - 5:t + 1], paths[t:t + 6]
        a = np.mean(np.sum((one - two.mean(0)) ** 2, axis=2), axis=0)
        b = np.mean(np.sum((two - one.mean(0)) ** 2, axis=2), axis=0)
        out.append(np.sqrt(a * b))
    return np.array(out)


def features(x, types, count, vectors, dimensions, periodic, diameters=None):
    """[N, 50 count]; distances in units of the mean diameter of the pair where diameters are given."""
    reach = CUTOFF * (1 if diameters is None else diameters.max())
    volume = abs(np.linalg.det(vectors))
    heights = [volume / np.linalg.norm(np.cross(vectors[(d + 1) % 3], vectors[(d + 2) % 3])) for d in range(3)]
    most = int(np.ceil(reach / min(heights[:dimensions]))) + 2
    shifts = images(dimensions, periodic, most)
    out = np.zeros((len(x), count * len(RADII)))
    for i in range(len(x)):
        d = x[None, :, :] - x[i] + (shifts @ vectors)[:, None, :]
        r = np.linalg.norm(d, axis=2)
        r[np.all(shifts == 0, axis=1), i] = np.inf
        if diameters is not None:
            r = r / ((diameters + diameters[i]) / 2)
        for k in range(count):
            near = r[:, types == k]
            near = near[near <= CUTOFF]
            g = np.exp(-((RADII[:, None] - near) ** 2) / (2 * DELTA**2)).sum(axis=1)
            out[i, k * len(RADII):(k + 1) * len(RADII)] = g
    return out


def model(rng, name, f, species, more):
    weights, deviations = 0.3 * rng.normal(size=f.shape[1]), np.maximum(f.std(0), 0.05)
    text = {
        "weights": weights.tolist(), "bias": 0.25, "means": f.mean(0).tolist(), "deviations": deviations.tolist(),
        "features": {"radii": RADII.tolist(), "delta": DELTA, "cutoff": CUTOFF, "species": species, **more},
    }
    (HERE / f"{name}.model.json").write_text(json.dumps(text))
    return (f - f.mean(0)) / deviations @ weights - 0.25


def expect(name, seed, x, types, species, vectors, dimensions, periodic, diameters=None):
    """Writes everything that is expected of frames x [F, N, 3], as they stand in the file."""
    rng = np.random.default_rng(seed)
    paths = unwrapped(x, vectors, dimensions, periodic)
    np.save(HERE / f"{name}.p_hop.npy", p_hop(paths))
    f = features(x[AT], types, len(species), vectors, dimensions, periodic)
    np.save(HERE / f"{name}.features.npy", f)
    more = {"dimensions": 2} if dimensions == 2 else {}
    np.save(HERE / f"{name}.scores.npy", model(rng, name, f, species, more))
    if diameters is not None:
        g = features(x[AT], types, len(species), vectors, dimensions, periodic, diameters)
        np.save(HERE / f"{name}.scaled-features.npy", g)
        np.save(HERE / f"{name}.scaled-scores.npy", model(rng, f"{name}.scaled", g, species, {"scale_distances": "diameter"}))
    curves = {s: relaxation(paths[:, types == k], np.arange(FRAMES), WAVEVECTORS, OVERLAP, dimensions) for k, s in enumerate(species)}
    (HERE / f"{name}.relaxation.json").write_text(json.dumps(curves, indent=0))


def statics(name, x, types, vectors, periodic):
    """S_cc of shells 1 to 3 and the largest S near k = 7.25 of frame 0: wavevectors along the periodic edges."""
    edges = vectors[np.array(periodic)]
    b = 2 * np.pi * np.linalg.pinv(edges).T
    m = images(3, [True] * len(b) + [False] * (3 - len(b)), 60)[:, :len(b)].astype(int)
    first = np.array([next((v for v in row if v), 0) for row in m])
    m = m[first > 0]
    k = m @ b
    length = np.linalg.norm(k, axis=1)
    waves = lambda w, some: np.abs(np.exp(1j * (some @ x.T)) @ w) ** 2 / len(x)
    c = (types == 0) - np.mean(types == 0)
    shell = np.sum(m * m, axis=1)
    out = {}
    for n, s in enumerate(sorted(set(shell[shell <= 9]))[:3]):
        own = shell == s
        out[f"S_cc/{n + 1}"] = [length[own].mean(), waves(c, k[own]).mean()]
    s = np.sort(waves(np.ones(len(x)), k[np.abs(length - 7.25) <= 0.07 * 7.25]))
    out["S/largest"] = s[-1] / (s[len(s) // 2] / np.log(2))
    (HERE / f"{name}.statics.json").write_text(json.dumps(out, indent=0))


def snapshot(step, box, x, types, names, dimensions, diameters=None):
    s = gsd.hoomd.Frame() if hasattr(gsd.hoomd, "Frame") else gsd.hoomd.Snapshot()
    s.configuration.step, s.configuration.dimensions, s.configuration.box = step, dimensions, box
    s.particles.N, s.particles.types, s.particles.typeid, s.particles.position = len(x), names, types, x
    if diameters is not None:
        s.particles.diameter = diameters
    return s


def wrapped(x, vectors, low):
    """Positions in the box and the images that undo it."""
    s = (x - low) @ np.linalg.inv(vectors)
    image = np.floor(s)
    return x - image @ vectors, image.astype(int)


def plane():
    """(a) Three named species in two dimensions: GSD, no image flags, a rectangle smaller than the cut-off."""
    rng = np.random.default_rng(1)
    vectors, low = np.diag([7.0, 5.6, 1.0]), np.array([-3.5, -2.8, 0])
    types = np.repeat([0, 1, 2], [20, 10, 8])
    rng.shuffle(types)
    start = scattered(rng, len(types), vectors, 2, 0.7) + low
    with gsd.hoomd.open(str(HERE / "plane.gsd"), "wb" if hasattr(gsd.hoomd, "Snapshot") else "w") as f:
        for k, x in enumerate(walk(rng, start, 2)):
            r, _ = wrapped(x, vectors, low)
            r[:, 2] = 0
            f.append(snapshot(STEPS * k, [7.0, 5.6, 0, 0, 0, 0], r, types, ["Large", "Middle", "Small"], 2))
    with gsd.hoomd.open(str(HERE / "plane.gsd"), "rb" if hasattr(gsd.hoomd, "Snapshot") else "r") as f:
        x = np.array([s.particles.position for s in f], float)
        box = np.array(f[0].configuration.box, float)
    expect("plane", 11, x, types, ["Large", "Middle", "Small"], np.diag([box[0], box[1], 1.0]), 2, [True, True, False])


def triclinic():
    """(b) Three species in a skewed box: LAMMPS dump, types 1, 2, 3, image flags, rows in any order."""
    rng = np.random.default_rng(2)
    vectors, low = np.array([[4.6, 0, 0], [1.9, 4.2, 0], [-1.4, 1.6, 4.4]]), np.array([-1.0, 0.5, 2.0])
    types = np.repeat([0, 1, 2], [36, 16, 8])
    rng.shuffle(types)
    start = scattered(rng, len(types), vectors, 3, 0.75) + low
    (lx, _, _), (xy, ly, _), (xz, yz, lz) = vectors
    bounds = [(low[0] + min(0, xy, xz, xy + xz), low[0] + lx + max(0, xy, xz, xy + xz), xy),
              (low[1] + min(0, yz), low[1] + ly + max(0, yz), xz), (low[2], low[2] + lz, yz)]
    stored = []
    with open(HERE / "triclinic.lammpstrj", "w") as f:
        for k, x in enumerate(walk(rng, start, 3)):
            r, image = wrapped(x, vectors, low)
            r = np.round(r, 7)
            stored.append(r + image @ vectors)
            f.write(f"ITEM: TIMESTEP\n{STEPS * k}\nITEM: NUMBER OF ATOMS\n{len(r)}\nITEM: BOX BOUNDS xy xz yz pp pp pp\n")
            f.writelines("%.10f %.10f %.10f\n" % b for b in bounds)
            f.write("ITEM: ATOMS id type x y z ix iy iz\n")
            for i in rng.permutation(len(r)):
                f.write("%d %d %.7f %.7f %.7f %d %d %d\n" % (i + 1, types[i] + 1, *r[i], *image[i]))
    x = np.array(stored)
    expect("triclinic", 12, x, types, ["A", "B", "C"], vectors, 3, [True] * 3)


def slab():
    """(c) A binary film whose z is free: extended XYZ, particles leave the box, no image flags."""
    rng = np.random.default_rng(3)
    vectors = np.diag([5.2, 4.8, 4.0])
    types = np.repeat([0, 1], [48, 12])
    rng.shuffle(types)
    start = scattered(rng, len(types), vectors, 3, 0.75)
    stored = []
    with open(HERE / "slab.extxyz", "w") as f:
        for k, x in enumerate(walk(rng, start, 3)):
            r, _ = wrapped(x, vectors, np.zeros(3))
            r[:, 2] = x[:, 2]
            r = np.round(r, 7)
            stored.append(r)
            f.write(f'{len(r)}\nLattice="5.2 0 0 0 4.8 0 0 0 4.0" pbc="T T F" Properties=species:S:1:pos:R:3 Time={k * STEPS * DT}\n')
            f.writelines("%s %.7f %.7f %.7f\n" % ("AB"[t], *p) for t, p in zip(types, r))
    x = np.array(stored)
    assert x[:, :, 2].min() < 0 and x[:, :, 2].max() > 4
    expect("slab", 13, x, types, ["A", "B"], vectors, 3, [True, True, False])
    statics("slab", x[0], types, vectors, [True, True, False])


def polydisperse():
    """(d) One species of many diameters: GSD with diameters, image flags only in frame 0, as HOOMD writes them."""
    rng = np.random.default_rng(4)
    vectors, low = np.diag([5.0, 5.4, 4.7]), -np.array([2.5, 2.7, 2.35])
    diameters = rng.uniform(0.7, 1.4, 60).astype(np.float32)
    types = np.zeros(60, int)
    start = scattered(rng, 60, vectors, 3, 0.7) + low
    with gsd.hoomd.open(str(HERE / "polydisperse.gsd"), "wb" if hasattr(gsd.hoomd, "Snapshot") else "w") as f:
        for k, x in enumerate(walk(rng, start, 3)):
            r, image = wrapped(x, vectors, low)
            s = snapshot(STEPS * k, [5.0, 5.4, 4.7, 0, 0, 0], r, types, ["A"], 3, diameters)
            s.particles.image = image if k == 0 else None
            f.append(s)
    with gsd.hoomd.open(str(HERE / "polydisperse.gsd"), "rb" if hasattr(gsd.hoomd, "Snapshot") else "r") as f:
        x = np.array([s.particles.position for s in f], float)
        box = np.array(f[0].configuration.box, float)
    expect("polydisperse", 14, x, types, ["A"], np.diag(box[:3]), 3, [True] * 3, diameters.astype(float))


if __name__ == "__main__":
    for case in (plane, triclinic, slab, polydisperse):
        case()
