"""Features of every set for a small configuration, summed term by term with numpy over all images.

/usr/bin/python3 generate.py    writes frame.extxyz, inherent.extxyz and features.f64 (little-endian
doubles, [particles, columns], columns in the order of SETS with one average of all before).
"""
import math

import numpy as np
from scipy.special import sph_harm

SETS = "composition,radial,fine,energy,cage,angular,bond-order,average:1"
N, L = 40, (40 / 1.2) ** (1 / 3)
rng = np.random.default_rng(21)


def start():
    """Random places pushed apart until no two are nearer than 0.8."""
    r = rng.random((N, 3)) * L
    for _ in range(2000):
        d = r[:, None] - r[None]
        d -= L * np.rint(d / L)
        s = np.sqrt((d**2).sum(2)) + np.eye(N) * 9
        push = np.where(s < 0.85, (0.85 - s) / s, 0)
        r = (r + 0.3 * (push[:, :, None] * d).sum(1)) % L
    return r


types = (np.arange(N) % 5 == 4).astype(int)
inherent = np.round(start(), 9)
frame = np.round((inherent + 0.05 * rng.standard_normal((N, 3))) % L, 9)
images = np.array([(x, y, z) for x in range(-2, 3) for y in range(-2, 3) for z in range(-2, 3)]) * L


def bonds(i, r, cut):
    """Displacements to, indices of and distances of all images within a cut-off."""
    d = (r[None] + images[:, None] - r[i]).reshape(-1, 3)
    j = np.tile(np.arange(N), len(images))
    s = np.sqrt((d**2).sum(1))
    keep = (s <= cut) & (s > 1e-9)
    return d[keep], j[keep], s[keep]


def radial(i, r, radii, delta, cut):
    _, j, s = bonds(i, r, cut)
    out = []
    for x in (0, 1):
        out += [np.exp(-((k - s[types[j] == x]) ** 2) / (2 * delta**2)).sum() for k in radii]
    return out


EPS = np.array([[1, 1.5], [1.5, 0.5]])
SIGMA = np.array([[1, 0.8], [0.8, 0.88]])


def energy(i, r):
    _, j, s = bonds(i, r, 2.5)
    e, g = EPS[types[i], types[j]], SIGMA[types[i], types[j]]
    u = 4 * e * ((g / s) ** 12 - (g / s) ** 6) - 4 * e * (2.5**-12 - 2.5**-6)
    u[s >= 2.5 * g] = 0
    return [0.5 * u[types[j] == x].sum() for x in (0, 1)]


ANGULAR = [(xi, lam, z) for xi in (14.633, 2.554) for z in (1, 2) for lam in (-1, 1)]
ANGULAR += [(1.648, 1, 1), (1.648, 1, 2)]
ANGULAR += [(xi, 1, z) for xi in (1.204, 0.933, 0.695) for z in (1, 2, 4, 16)]


def angular(i, r):
    d, j, s = bonds(i, r, 2.5)
    out = np.zeros((3, len(ANGULAR)))
    for a in range(len(s)):
        for b in range(a):
            cosine = d[a] @ d[b] / (s[a] * s[b])
            squares = s[a] ** 2 + s[b] ** 2 + ((d[a] - d[b]) ** 2).sum()
            pair = types[j[a]] + types[j[b]]
            for t, (xi, lam, zeta) in enumerate(ANGULAR):
                out[pair, t] += math.exp(-squares / xi**2) * (1 + lam * cosine) ** zeta
    return list(out.ravel())


def harmonics(r):
    q = {}
    for i in range(N):
        d, _, s = bonds(i, r, 1.5)
        polar, azimuth = np.arccos(d[:, 2] / s), np.arctan2(d[:, 1], d[:, 0])
        for l in range(2, 13):
            for m in range(-l, l + 1):
                q[i, l, m] = sph_harm(m, l, azimuth, polar).mean() if len(s) else 0
    return q


Q = harmonics(inherent)


def bond_order(i, r):
    _, j, _ = bonds(i, r, 1.5)
    out = []
    for l in range(2, 13):
        mean = [(Q[i, l, m] + sum(Q[k, l, m] for k in j)) / (1 + len(j)) for m in range(-l, l + 1)]
        out.append(math.sqrt(4 * math.pi / (2 * l + 1) * sum(abs(x) ** 2 for x in mean)))
    return out


def cage(i):
    d = inherent[i] - frame[i]
    d -= L * np.rint(d / L)
    return [math.sqrt(d @ d)]


rows = []
for i in range(N):
    row = [float(types[i] == 0)]
    row += radial(i, inherent, np.arange(1, 51) / 10, 0.2, 6.2)
    row += radial(i, inherent, np.arange(16, 60) / 20, 0.05, 3.3)
    row += energy(i, inherent) + cage(i) + angular(i, inherent) + bond_order(i, inherent)
    rows.append(row)
own = np.array(rows)
average = np.empty_like(own)
for i in range(N):
    _, j, s = bonds(i, inherent, 6)
    w = np.exp(-s / 1.5)
    average[i] = (own[i] + w @ own[j]) / (1 + w.sum())
np.hstack([own, average]).astype("<f8").tofile("features.f64")
for name, r in (("frame", frame), ("inherent", inherent)):
    with open(name + ".extxyz", "w") as out:
        out.write(f'{N}\nLattice="{L!r} 0 0 0 {L!r} 0 0 0 {L!r}" ')
        out.write('Properties=species:S:1:pos:R:3:propensity:R:1 pbc="T T T"\n')
        for t, p in zip(types, r):
            out.write(f"{'AB'[t]} {p[0]!r} {p[1]!r} {p[2]!r} {p[0] / 10!r}\n")
