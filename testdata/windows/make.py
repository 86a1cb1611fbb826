#!/usr/bin/python3
"""What the windows of a small run give, by numpy and scipy: rows of the store, counters, moments of the bulk, tails.

    ./make.py        (numpy, scipy; reads ../systems/slab.extxyz and ../systems/slab.model.json, writes windows.json beside itself)

The window of 10 tau around frame t goes with the structure of frame t - 2. Targets are the particles A. Everything is computed
from the numbers in the file, term by term: all images within the cut-off, both halves of a window with their ends.
"""
import json
import pathlib

import numpy as np
from scipy import stats

HERE = pathlib.Path(__file__).resolve().parent
SYSTEMS = HERE.parent / "systems"
THRESHOLD, KEPT, BIN, BULK_EVERY = 0.2, 12, 0.02, 10


def read():
    """Positions [F, N, 3], species [N], edges [3]; the box is periodic in x and y."""
    lines = (SYSTEMS / "slab.extxyz").read_text().split("\n")
    n = int(lines[0])
    blocks = [lines[k:k + n + 2] for k in range(0, len(lines) - 1, n + 2)]
    x = np.array([[[float(v) for v in row.split()[1:]] for row in block[2:]] for block in blocks])
    cell = [float(v) for v in blocks[0][1].split('"')[1].split()]
    return x, np.array([row.split()[0] for row in blocks[0][2:]]), np.array(cell).reshape(3, 3).diagonal()


def paths(x, edges):
    steps = np.diff(x, axis=0)
    steps[:, :, :2] -= edges[:2] * np.round(steps[:, :, :2] / edges[:2])
    return np.concatenate([x[:1], x[:1] + np.cumsum(steps, axis=0)])


def p_hop(window):
    one, two = window[:6], window[5:]
    a = np.mean(np.sum((one - two.mean(0)) ** 2, axis=2), axis=0)
    b = np.mean(np.sum((two - one.mean(0)) ** 2, axis=2), axis=0)
    return np.sqrt(a * b)


def features(x, species, edges, spec):
    radii, most = np.array(spec["radii"]), int(np.ceil(spec["cutoff"] / edges[:2].min())) + 2
    shifts = np.array([[i * edges[0], j * edges[1], 0] for i in range(-most, most + 1) for j in range(-most, most + 1)])
    home = np.all(shifts == 0, axis=1)
    out = []
    for i in np.flatnonzero(species == "A"):
        r = np.linalg.norm(x[None] - x[i] + shifts[:, None], axis=2)
        r[home, i] = np.inf
        near = [r[:, species == s] for s in spec["species"]]
        near = [d[d <= spec["cutoff"]] for d in near]
        out.append(np.concatenate([np.exp(-((radii[:, None] - d) ** 2) / (2 * spec["delta"] ** 2)).sum(1) for d in near]))
    return np.array(out)


def bins(raw, hops):
    """Bin, structures, rearranging; and how near a score comes to the edge of a bin."""
    index = np.floor(raw / BIN).astype(int)
    inside = raw / BIN - index
    counts = [[int(b), int(np.sum(index == b)), int(np.sum(hops[index == b]))] for b in np.unique(index)]
    return counts, float(BIN * np.minimum(inside, 1 - inside).min())


def histogram(values):
    found, counts = np.unique(np.floor(values).astype(int), return_counts=True)
    return np.stack([found, counts], axis=1).ravel().tolist()


def main():
    x, species, edges = read()
    model = json.loads((SYSTEMS / "slab.model.json").read_text())
    a = np.flatnonzero(species == "A")
    path = paths(x, edges)[:, a]
    f = [features(frame, species, edges, model["features"]) for frame in x]
    raw = [(g - model["means"]) / model["deviations"] @ model["weights"] for g in f]
    windows, everything = [], []
    for t in range(5, len(x) - 5):
        window = path[t - 5:t + 6]
        p = p_hop(window)
        score = raw[t - 2] - model["bias"]
        counts, edge = bins(raw[t - 2], p > THRESHOLD)
        windows.append({
            "time": t, "n": len(p), "hops": int(np.sum(p > THRESHOLD)),
            "p_hop": [p.mean(), p.var(), p.min(), p.max()],
            "score": [score.mean(), score.std(), stats.skew(score), stats.kurtosis(score)],
            "r": np.corrcoef(score, p)[0, 1],
            "msd": [float(np.mean(np.sum((window[lag] - window[0]) ** 2, axis=1))) for lag in range(1, 11)],
            "bins": counts, "edge": edge,
            "histograms": {
                "p_hop": histogram(20 * np.log10(p)),
                "van_hove_1d": histogram((window[-1] - window[0]).ravel() / BIN),
                "van_hove_r": histogram(np.linalg.norm(window[-1] - window[0], axis=1) / BIN),
            },
        })
        everything += [[float(v), int(i), t] for v, i in zip(p, a)]
    everything.sort()
    row = {int(i): k for k, i in enumerate(a)}

    def sample(v, i, t):
        return {"p_hop": v, "row": i, "time": t, "features": f[t - 2][row[i]].tolist()}

    bulk = np.concatenate([f[t - 2] for t in range(5, len(x) - 5) if (t - 2) % BULK_EVERY == 0])
    out = {
        "targets": a.tolist(),
        "windows": windows,
        "p_hop": [p_hop(path[t - 5:t + 6]).tolist() for t in range(5, len(x) - 5)],
        "scores": [(r - model["bias"]).tolist() for r in raw],
        "low": [sample(*e) for e in everything[:KEPT]],
        "high": [sample(*e) for e in everything[-KEPT:]],
        "bulk": {"n": len(bulk), "mean": bulk.mean(0).tolist(), "variance": bulk.var(0).tolist(), "with_20": np.cov(bulk.T, bias=True)[20].tolist()},
    }
    (HERE / "windows.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
