#!/usr/bin/python3
"""Forces, energies, virials and one NVT run of each shipped mixture, and minima of some, by LAMMPS.

Usage: /usr/bin/python3 generate.py static|nvt|minimum [MIXTURE ...]     (needs lmp with the PYTHON package, numpy)

The mixtures stand here a second time, by hand and not read from our YAML files,
so that a slip in one of the two is found. Laws that no pair style of LAMMPS has
(smoothed Lennard-Jones, harmonic) are Python functions for the statics (pair_style
python) and tables of 20,000 points made of them for the dynamics.
"""
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
C0, C2, C4 = 0.04049023795, -0.00970155098, 0.00062012616  # as printed; recomputed below


def lj(eps, sig, cut=2.5):
    return ("lj", eps, sig, cut * sig)


def smooth(eps, sig):
    return ("smooth", eps, sig, 2.5 * sig)


def soft(eps, sig):
    return ("ipl", eps, sig, 2.0 * sig)


def harmonic(eps, sig):
    return ("harmonic", eps, sig, sig)


KA = {(1, 1): lj(1, 1), (1, 2): lj(1.5, 0.8), (2, 2): lj(0.5, 0.88)}
MIXTURES = {
    "kob-andersen": dict(d=3, rho=1.2, x=[0.8, 0.2], m=[1, 1], T=1.0, pairs=KA),
    "kob-andersen-2d": dict(d=2, rho=1.2, x=[0.65, 0.35], m=[1, 1], T=2.0, pairs=KA),
    "kob-andersen-2d-ternary": dict(
        d=2, rho=1290 / 32.896**2, x=[600 / 1290, 330 / 1290, 360 / 1290], m=[1, 1, 1], T=2.0,
        pairs={(1, 1): smooth(1, 1), (1, 2): smooth(1.5, 0.8), (1, 3): smooth(0.75, 0.9),
               (2, 2): smooth(0.5, 0.88), (2, 3): smooth(1.5, 0.8), (3, 3): smooth(0.75, 0.94)}),
    "wahnstrom": dict(
        d=3, rho=0.75 * 1.2**3, x=[0.5, 0.5], m=[1, 0.5], T=1.0,
        pairs={(1, 1): lj(1, 1), (1, 2): lj(1, 11 / 12), (2, 2): lj(1, 10 / 12)}),
    "soft-spheres": dict(
        d=3, rho=1 / 1.8, x=[0.5, 0.5], m=[1, 1], T=0.5,
        pairs={(1, 1): soft(1, 1), (1, 2): soft(1, 1.2), (2, 2): soft(1, 1.4)}),
    "harmonic": dict(
        d=3, rho=0.675, x=[0.5, 0.5], m=[1, 1], T=0.005,
        pairs={(1, 1): harmonic(1, 1), (1, 2): harmonic(1, 1.2), (2, 2): harmonic(1, 1.4)}),
}

PYTHON_LAWS = '''
class Law:
    def __init__(self):
        self.types = {}
    def check_units(self, units):
        pass
    def map_coeff(self, name, type):
        self.types[type] = name
    pairs = %r
    def compute_force(self, rsq, i, j):
        kind, eps, sig, cut, a1, a2, a0 = self.pairs[(min(i, j), max(i, j))]
        if rsq >= cut * cut:
            return 0.0
        s = rsq / (sig * sig)
        if kind == "smooth":
            c = 1.0 / s**3
            return 2 * eps / sig**2 * (12 * (2 * c - 1) * c / s - a1 - 2 * a2 * s)
        r = rsq**0.5
        return eps / sig * (1 - r / sig) / r
    def compute_energy(self, rsq, i, j):
        kind, eps, sig, cut, a1, a2, a0 = self.pairs[(min(i, j), max(i, j))]
        if rsq >= cut * cut:
            return 0.0
        s = rsq / (sig * sig)
        if kind == "smooth":
            c = 1.0 / s**3
            return eps * (4 * (c - 1) * c + a0 + a1 * s + a2 * s * s)
        return 0.5 * eps * (1 - s**0.5)**2
'''


def coefficients(pair):
    """a_1, a_2, a_0 that end u and two derivatives at the cut-off: a linear system in s."""
    kind, eps, sig, cut = pair
    if kind != "smooth":
        return (kind, eps, sig, cut, 0.0, 0.0, 0.0)
    s = (cut / sig) ** 2
    g = [4 * (s**-6 - s**-3), 4 * (-6 * s**-7 + 3 * s**-4), 4 * (42 * s**-8 - 12 * s**-5)]
    a = np.linalg.solve([[1, s, s * s], [0, 1, 2 * s], [0, 0, 2]], [-v for v in g])
    assert np.allclose(a / 4, [C0, C2, C4], rtol=1e-6)
    return (kind, eps, sig, cut, float(a[1]), float(a[2]), float(a[0]))


def pair_commands(mix, work, exact):
    """Commands that set the pair laws; through Python where exact, else through tables."""
    pairs = mix["pairs"]
    kind = next(iter(pairs.values()))[0]
    cut = max(p[3] for p in pairs.values())
    if kind == "lj":
        lines = [f"pair_style lj/cut {cut!r}", "pair_modify shift yes"]
        return lines + [f"pair_coeff {i} {j} {p[1]!r} {p[2]!r} {p[3]!r}" for (i, j), p in pairs.items()]
    if kind == "ipl":  # mie with an attractive exponent of 0 is a constant, which the shift takes off
        lines = [f"pair_style mie/cut {cut!r}", "pair_modify shift yes"]
        return lines + [f"pair_coeff {i} {j} {p[1]!r} {p[2]!r} 12 0 {p[3]!r}" for (i, j), p in pairs.items()]
    laws = {k: coefficients(p) for k, p in pairs.items()}
    with open(os.path.join(work, "laws.py"), "w") as f:
        f.write(PYTHON_LAWS % laws)
    n = len(mix["x"])
    if exact:
        return [f"pair_style python {cut!r}", "pair_coeff * * laws.Law " + " ".join("ABC"[:n])]
    scope = {}
    exec(PYTHON_LAWS % laws, scope)
    law = scope["Law"]()
    with open(os.path.join(work, "laws.table"), "w") as f:
        for (i, j), p in pairs.items():
            low = 1e-3 if kind == "harmonic" else 0.6 * p[2]
            r = np.linspace(low, p[3], 20000)
            f.write(f"\nP{i}{j}\nN {len(r)} R {low!r} {p[3]!r}\n\n")
            for k, x in enumerate(r):
                u, w = law.compute_energy(x * x, i, j), law.compute_force(x * x, i, j) * x
                f.write(f"{k + 1} {x:.12g} {u:.12g} {w:.12g}\n")
    lines = ["pair_style table linear 20000"]
    return lines + [f"pair_coeff {i} {j} laws.table P{i}{j} {p[3]!r}" for (i, j), p in pairs.items()]


def setup(mix, n, seed):
    d = mix["d"]
    edge = (n / mix["rho"]) ** (1 / d)
    half = repr(edge / 2) if d == 3 else "0.5"
    species = len(mix["x"])
    bounds = [round(sum(mix["x"][: k + 1]) * n) for k in range(species)]
    lines = ["units lj", "atom_style atomic", f"dimension {d}", "boundary p p p",
             f"region all block 0 {edge!r} 0 {edge!r} -{half} {half}", f"create_box {species} all",
             f"create_atoms 1 random {n} {seed} all"]
    for k in range(1, species):
        lines += [f"set atom {bounds[k - 1] + 1}*{bounds[k]} type {k + 1}"]
    lines += [f"mass {k + 1} {m}" for k, m in enumerate(mix["m"])]
    sig = max(p[2] for p in mix["pairs"].values())
    flat = ["fix flat all enforce2d"] if d == 2 else []
    # Points pushed apart by a cosine, so that the real potential may act.
    lines += [f"pair_style soft {sig!r}"]
    lines += [f"pair_coeff {i} {j} 50 {p[2]!r}" for (i, j), p in mix["pairs"].items()]
    lines += flat + ["minimize 0 1e-3 1000 10000", "reset_timestep 0"]
    return lines


def lmp(lines, work):
    with open(os.path.join(work, "in"), "w") as f:
        f.write("\n".join(lines) + "\n")
    env = dict(os.environ, PYTHONPATH=work, OMP_NUM_THREADS="1")
    done = subprocess.run(["nice", "lmp", "-in", "in", "-log", "log"], cwd=work, env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit("\n".join(done.stdout.splitlines()[-5:]))


def thermo(work):
    """The rows of the last thermo table."""
    rows, table = [], False
    for line in open(os.path.join(work, "log")):
        if line.startswith("Step"):
            rows, table = [], True
        elif line.startswith("Loop time"):
            table = False
        elif table:
            try:
                rows.append([float(w) for w in line.split()])
            except ValueError:
                pass
    return np.array(rows)


def static(name, mix, out):
    with tempfile.TemporaryDirectory() as work:
        temp = mix["T"]
        lines = setup(mix, 200, 4711) + pair_commands(mix, work, exact=False)
        lines += [f"velocity all create {temp} 99 loop all", "timestep 0.002",
                  f"fix move all nvt temp {temp} {temp} 0.2", "run 5000", "unfix move"]
        lines += pair_commands(mix, work, exact=True)
        lines += ["compute ep all pe/atom",
                  "thermo_style custom step temp pe press", "thermo_modify norm no format float %.17g",
                  "dump d all custom 1 dump id type x y z vx vy vz fx fy fz c_ep",
                  "dump_modify d sort id format float %.17g", "run 0"]
        lmp(lines, work)
        text = open(os.path.join(work, "dump")).read()
        open(os.path.join(HERE, f"{name}.lammpstrj"), "w").write(text)
        row = thermo(work)[-1]
        out[name] = dict(temperature=row[1], energy=row[2], pressure=row[3])


def nvt(name, mix, out):
    with tempfile.TemporaryDirectory() as work:
        temp = mix["T"]
        lines = setup(mix, 500, 815) + pair_commands(mix, work, exact=False)
        lines += ["thermo_style custom step temp pe press", "thermo_modify norm yes", "thermo 100000",
                  f"velocity all create {temp} 99 loop all", "timestep 0.005",
                  f"fix move all nvt temp {temp} {temp} 0.5", "run 20000",
                  "thermo 20", "run 24000"]
        lmp(lines, work)
        rows = thermo(work)[1:]
        blocks = rows[: len(rows) // 40 * 40].reshape(40, -1, rows.shape[1]).mean(axis=1)
        mean, error = blocks.mean(axis=0), blocks.std(axis=0, ddof=1) / math.sqrt(40)
        out[name] = dict(N=500, T_set=temp, T=mean[1], T_error=error[1], U=mean[2], U_error=error[2],
                         P=mean[3], P_error=error[3])
        print(name, out[name], flush=True)


def energy_shares(mix, rows, edge):
    """Half the energy of each particle with those of each species, [N][species], by numpy."""
    scope = {}
    exec(PYTHON_LAWS % {k: coefficients(p) for k, p in mix["pairs"].items()}, scope)
    law = scope["Law"]()
    d = mix["d"]
    types, x = rows[:, 1].astype(int), rows[:, 2:2 + d]
    shares = np.zeros((len(rows), len(mix["x"])))
    for i in range(len(rows)):
        r = x - x[i]
        r -= edge * np.round(r / edge)
        for j in range(len(rows)):
            if j != i:
                a, b = min(types[i], types[j]), max(types[i], types[j])
                kind, eps, sig, cut = mix["pairs"][a, b]
                rsq = float(r[j] @ r[j])
                if kind == "ipl":
                    u = eps * ((sig**2 / rsq) ** 6 - (sig / cut) ** 12) if rsq < cut**2 else 0.0
                else:
                    u = law.compute_energy(rsq, a, b)
                shares[i, types[j] - 1] += 0.5 * u
    return shares


def minimum(name, mix, out):
    """A configuration that shakes about a minimum, and that minimum by conjugate gradients."""
    with tempfile.TemporaryDirectory() as work:
        temp = mix["T"]
        lines = setup(mix, 200, 2203) + pair_commands(mix, work, exact=False)
        lines += [f"velocity all create {temp} 99 loop all", "timestep 0.002",
                  f"fix move all nvt temp {temp} {temp} 0.2", "run 5000", "unfix move",
                  "minimize 0 1e-6 10000 100000", "reset_timestep 0",
                  f"velocity all create {0.05 * temp} 77 loop all", "fix move all nve", "run 100", "unfix move"]
        lines += pair_commands(mix, work, exact=True)
        lines += ["compute ep all pe/atom", "thermo_style custom step pe fmax",
                  "thermo_modify norm no format float %.17g",
                  "dump d all custom 1 shaken id type x y z c_ep", "dump_modify d sort id format float %.17g",
                  "run 0", "undump d", "minimize 0 1e-9 10000 100000", "reset_timestep 1",
                  "dump d all custom 1 minimum id type x y z c_ep", "dump_modify d sort id format float %.17g",
                  "run 0"]
        lmp(lines, work)
        text = open(os.path.join(work, "shaken")).read() + open(os.path.join(work, "minimum")).read()
        open(os.path.join(HERE, f"{name}.minimum.lammpstrj"), "w").write(text)
        rows = np.array([line.split() for line in text.splitlines()[9:209]], dtype=float)
        shares = energy_shares(mix, rows, (200 / mix["rho"]) ** (1 / mix["d"]))
        assert np.allclose(shares.sum(axis=1), rows[:, 5], rtol=0, atol=1e-9)
        row = thermo(work)[-1]
        out[name] = dict(energy=row[1], largest_force=row[2], shares=shares.tolist())


def main():
    what = sys.argv[1]
    path = os.path.join(HERE, f"{what}.json")
    out = json.load(open(path)) if os.path.exists(path) else {}
    minima = ["kob-andersen-2d-ternary", "soft-spheres"]
    for name in sys.argv[2:] or (minima if what == "minimum" else MIXTURES):
        dict(static=static, nvt=nvt, minimum=minimum)[what](name, MIXTURES[name], out)
        json.dump(out, open(path, "w"), indent=1, sort_keys=True)
    for file in sorted(os.listdir(HERE)):
        if file.endswith((".lammpstrj", ".json")):
            print(hashlib.sha256(open(os.path.join(HERE, file), "rb").read()).hexdigest(), "", file)


main()
