#!/usr/bin/python3
"""Relaxation functions and S_cc of testdata/ka512 by brute force over all pairs of frames: an oracle.

    testdata/relaxation/relaxation.py > testdata/relaxation/relaxation.json       (numpy, scipy, gsd, h5py)
    testdata/relaxation/relaxation.py FILE [--no-images] [--k 7.25] [--a 0.3]     (one file, species A, as a table)

Knows nothing of blocks, levels or streams: for every lag of the list it takes all origins there are.
"""
import argparse
import itertools
import json
import pathlib

import numpy as np
from scipy.special import j0

KA512 = pathlib.Path(__file__).resolve().parent.parent / "ka512"


def dump(path):
    """Frames of a LAMMPS dump: (edges, types, positions, images or None, unwrapped), rows by id."""
    lines = iter(open(path))
    frames = []
    for line in lines:
        if not line.startswith("ITEM: NUMBER"):
            continue
        n = int(next(lines))
        next(lines)
        bounds = np.array([[float(v) for v in next(lines).split()] for _ in range(3)])
        names = next(lines).split()[2:]
        rows = np.array([[float(v) for v in next(lines).split()] for _ in range(n)])
        rows = rows[np.argsort(rows[:, names.index("id")])]
        column = {name: rows[:, i] for i, name in enumerate(names)}
        unwrapped = "xu" in column
        x = np.stack([column[c + ("u" if unwrapped else "")] for c in "xyz"], 1)
        images = np.stack([column["i" + c] for c in "xyz"], 1) if "ix" in column else None
        frames.append((bounds[:, 1] - bounds[:, 0], column["type"].astype(int) - 1, x, images, unwrapped))
    return frames


def gsd_file(path):
    import gsd.hoomd

    with gsd.hoomd.open(str(path), "rb") as f:
        return [
            (
                np.array(s.configuration.box[:3], float),
                np.array(s.particles.typeid, int),
                np.array(s.particles.position, float),
                np.array(s.particles.image, float),
                False,
            )
            for s in f
        ]


def h5md(path, group="all"):
    import h5py

    with h5py.File(path) as f:
        group = next(iter(f["particles"].values()))
        x, image = group["position/value"][:], group["image/value"][:]
        species = group["species"] if isinstance(group["species"], h5py.Dataset) else group["species/value"]
        edges = group["box/edges"] if isinstance(group["box/edges"], h5py.Dataset) else group["box/edges/value"]
        frames = []
        for n in range(len(x)):
            edge = np.array(edges[n] if edges.ndim == 3 or (edges.ndim == 2 and len(edges) == len(x)) else edges)
            edge = np.diag(edge) if edge.ndim == 2 else edge
            kind = np.array(species[n] if species.ndim == 2 else species, int)
            frames.append((edge.astype(float), kind - kind.min(), x[n].astype(float), image[n].astype(float), False))
        if "id" in group:
            ids = group["id/value"][:] if isinstance(group["id"], h5py.Group) else group["id"][:]
            order = [np.argsort(ids[n] if ids.ndim == 2 else ids) for n in range(len(x))]
            frames = [(e, k[o], r[o], i[o], u) for (e, k, r, i, u), o in zip(frames, order)]
        return frames


def extxyz(path):
    lines = iter(open(path))
    frames = []
    for line in lines:
        n = int(line)
        header = next(lines)
        edges = np.array(header.split('Lattice="')[1].split('"')[0].split(), float).reshape(3, 3).diagonal()
        rows = [next(lines).split() for _ in range(n)]
        kind = np.array([0 if r[0] == "A" else 1 for r in rows])
        start = header.split("Properties=")[1].split()[0].split(":")
        at = 0
        for name, width in zip(start[0::3], start[2::3]):
            if name == "pos":
                break
            at += int(width)
        frames.append((edges, kind, np.array([r[at : at + 3] for r in rows], float), None, True))
    return frames


READERS = {".lammpstrj": dump, ".gsd": gsd_file, ".h5": h5md, ".extxyz": extxyz}


def paths(frames, images=True):
    """Unwrapped positions [frames, N, 3]."""
    if frames[0][4]:
        return np.array([x for _, _, x, _, _ in frames])
    if images:
        return np.array([x + i * edges for edges, _, x, i, _ in frames])
    out = [frames[0][2]]
    for (_, _, a, _, _), (edges, _, b, _, _) in zip(frames, frames[1:]):
        d = b - a
        out.append(out[-1] + d - edges * np.rint(d / edges))
    return np.array(out)


def lags(last):
    out = [(m, 1) for m in range(1, 16) if m <= last]
    level = 1
    while 8 * 2**level <= last:
        out += [(m * 2**level, 2**level) for m in range(8, 16) if m * 2**level <= last]
        level += 1
    return out


def relaxation(x, numbers, ks, a, dimensions=3):
    """x [F, n, 3] at the frame numbers; {observable: {lag: value}}."""
    at = {int(n): i for i, n in enumerate(numbers)}
    n = x.shape[1]
    out = {}
    for lag, every in lags(int(numbers[-1])):
        origins = [o for o in numbers if o % every == 0 and int(o + lag) in at]
        if not origins:
            continue
        r = np.array([x[at[int(o + lag)]] - x[at[int(o)]] for o in origins])[:, :, :dimensions]
        r2 = np.sum(r * r, axis=2)
        d = np.sqrt(r2)
        q = np.mean(d <= a, axis=1)
        m2, m4 = np.mean(r2), np.mean(r2 * r2)
        for k in ks:
            wave = np.sinc(k * d / np.pi) if dimensions == 3 else j0(k * d)
            out.setdefault("Fs/%g" % k, {})[lag] = np.mean(wave)
        out.setdefault("msd", {})[lag] = m2
        out.setdefault("alpha2", {})[lag] = 3 * m4 / (5 * m2**2) - 1 if dimensions == 3 else m4 / (2 * m2**2) - 1
        out.setdefault("Q", {})[lag] = np.mean(q)
        out.setdefault("chi4", {})[lag] = n * np.var(q)
    return out


def composition(edges, types, x):
    c = (types == 0) - np.mean(types == 0)
    shells = {}
    for h in itertools.product((-1, 0, 1), repeat=3):
        if h > (0, 0, 0):
            s = abs(np.sum(c * np.exp(2j * np.pi * (x / edges) @ np.array(h)))) ** 2 / len(c)
            shells.setdefault(sum(v * v for v in h), []).append(s)
    return [float(np.mean(shells[s])) for s in (1, 2, 3)]


def golden():
    ks = [7.25, 2.0]
    frames = dump(KA512 / "ka512_T0.60.lammpstrj")
    kinds = frames[0][1]
    x, numbers = paths(frames), np.arange(len(frames))
    gap = np.array([n for n in numbers if n != 20 and not 33 <= n <= 36])
    out = {
        "A": relaxation(x[:, kinds == 0], numbers, ks, 0.3),
        "B": relaxation(x[:, kinds == 1], numbers, ks, 0.3),
        "A without frames 20, 33..36": relaxation(x[gap][:, kinds == 0], gap, ks, 0.3),
        "A in two dimensions": relaxation(x[:, kinds == 0], numbers, ks, 0.3, 2),
    }
    files = [
        "ka512_T0.60.gsd",
        "ka512_T0.60.h5",
        "ka512_T0.60.extxyz",
        "ka512_T0.60_unwrapped_unsorted.lammpstrj",
        "ka512_T0.60_f64_31frames_fixedstep.h5",
    ]
    for name in files:
        frames = READERS[pathlib.Path(name).suffix](KA512 / name)
        x = paths(frames)[:, frames[0][1] == 0]
        out[name] = relaxation(x, np.arange(len(x)), ks, 0.3)
    waves = {str(n): composition(*dump(KA512 / "ka512_T0.60.lammpstrj")[n][:3]) for n in (0, 10, 60)}
    print(json.dumps({"values": out, "S_cc": waves}, indent=0))


def table(args):
    frames = READERS[pathlib.Path(args.file).suffix](args.file)
    x = paths(frames, not args.no_images)[:, frames[0][1] == 0]
    for observable, values in relaxation(x, np.arange(len(x)), [args.k], args.a).items():
        for lag, value in values.items():
            print("%s,%d,%.17g" % (observable.split("/")[0], lag, value))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?")
    parser.add_argument("--no-images", action="store_true")
    parser.add_argument("--k", type=float, default=7.25)
    parser.add_argument("--a", type=float, default=0.3)
    arguments = parser.parse_args()
    table(arguments) if arguments.file else golden()
