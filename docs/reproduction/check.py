#!/usr/bin/env python3
"""Recomputes a kept reproduction with numpy and scipy, from its counters, covariances and classifiers alone.

Usage: docs/reproduction/check.py docs/reproduction/NAME

dE and Sigma of every bin (binomial likelihood by scipy.optimize), T0 (the point where the lines meet), sigma = sqrt(w' C w),
cosines and correlations of scores. Each must agree with report.json; what does not is printed, and the exit code is 1.
Counts are divided by the design effects in rates.csv, which a bootstrap gave: its errors are not recomputed.
"""
import csv, gzip, json, pathlib, sys

import numpy as np
from scipy import optimize

BELOW = 0.85
WIDENING = 3.0


def rates(folder):
    """By classifier and bin: temperatures, structures and hops as they are fitted."""
    bins = {}
    with gzip.open(folder / "numbers" / "rates.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            effect = float(row["effect"])
            if float(row["temperature"]) < BELOW and int(row["structures"]) > 0 and np.isfinite(effect):
                key = row["model"], float(row["bin_low"])
                bins.setdefault(key, []).append([float(row["temperature"]), int(row["structures"]) / effect, int(row["rearranging"]) / effect])
    return {key: np.array(sorted(points)) for key, points in bins.items()}


def covariances(folder):
    """By name: the covariance of the features of all particles."""
    rows = {}
    with gzip.open(folder / "numbers" / "covariances.csv.gz", "rt") as lines:
        for line in lines:
            name, _, *values = line.split(",")
            rows.setdefault(name, []).append([float(v) for v in values])
    matrices = {}
    for name, upper in rows.items():
        matrix = np.zeros((len(upper), len(upper)))
        for k, row in enumerate(upper):
            matrix[k, k:] = row
        matrices[name] = np.triu(matrix) + np.triu(matrix, 1).T
    return matrices


class Line:
    """ln(T P) = a + b u, u = 1/T less its mean, by likelihood."""

    def __init__(self, points):
        temperature, self.n, self.hops = points.T
        self.u = 1 / temperature
        self.centre = self.u.mean()
        self.v = self.u - self.centre
        guess = np.polyfit(self.v, np.log((self.hops + 0.5) / (self.n + 1) / self.u), 1, w=np.sqrt(self.hops + 0.5))[::-1]
        while not np.isfinite(self.loss(guess)):
            guess[0] -= 1
        found = optimize.minimize(self.loss, guess, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000})
        found = optimize.minimize(self.loss, found.x, method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000})
        self.a = found.x
        p = self.p(self.a)
        x = np.vander(self.v, 2, increasing=True)
        self.covariance = np.linalg.inv(x.T @ (x * (self.n * p / (1 - p))[:, None]))

    def p(self, a):
        return np.exp(a[0] + a[1] * self.v) * self.u

    def loss(self, a):
        p = self.p(a)
        if np.any(p >= 1):
            return np.inf
        return -np.sum(self.hops * np.log(p) + (self.n - self.hops) * np.log1p(-p)) / np.sum(self.hops)

    def at(self, u):
        return self.a[0] + self.a[1] * (u - self.centre)

    def variance(self, u):
        x = np.array([1, u - self.centre])
        return x @ self.covariance @ x


def meeting(lines):
    """1/T0: where the lines differ least, in units of their errors."""

    def chi(u):
        values = np.array([line.at(u) for line in lines])
        weights = 1 / np.array([line.variance(u) for line in lines])
        return np.sum(weights * (values - np.average(values, weights=weights)) ** 2)

    u = np.concatenate([line.u for line in lines])
    reach = u.max() - u.min()
    grid = np.linspace(u.min() - WIDENING * reach, u.max() + WIDENING * reach, 400)
    best = int(np.argmin([chi(x) for x in grid]))
    return optimize.minimize_scalar(chi, bounds=(grid[max(0, best - 1)], grid[min(399, best + 1)]), method="bounded", options={"xatol": 1e-12}).x


class Agreement:
    def __init__(self):
        self.seen = 0
        self.wrong = []

    def near(self, what, ours, theirs, tolerance):
        self.seen += 1
        if not abs(ours - theirs) <= tolerance:
            self.wrong.append(f"{what}: {ours:.6g} here, {theirs:.6g} in the report")


def main(folder):
    report = json.loads((folder / "report.json").read_text())
    counts, bulk = rates(folder), covariances(folder)
    models = {row["name"]: json.loads((folder / "models" / f"{row['name']}.json").read_text()) for row in report["classifiers"]}
    per_feature = {name: np.array(m["weights"]) / np.array(m["deviations"]) for name, m in models.items()}
    reading = report["softness"].split("-", 1)[1]
    test = bulk[f"test-{reading}"]
    found = Agreement()
    for row in report["classifiers"]:
        name = row["name"]
        own = bulk.get(name)
        if own is None:  # fluidities of all readings come from one run
            own = bulk[f"{name.split('-')[0]}-{reading}"]
        w = per_feature[name]
        found.near(f"sigma of {name}", np.sqrt(w @ own @ w), row["sigma"], 1e-7)
        for other, theirs in row["cosines"].items():
            a, b = np.array(models[name]["weights"]), np.array(models[other]["weights"])
            found.near(f"cosine of {name} with {other}", a @ b / np.linalg.norm(a) / np.linalg.norm(b), theirs, 1e-9)
        for other, theirs in row["score_correlations"].items():
            v = per_feature[other]
            found.near(f"correlation of {name} with {other}", w @ test @ v / np.sqrt(w @ test @ w * (v @ test @ v)), theirs, 1e-7)
        if "below_0.85" not in row:
            continue
        lines = []
        for fit in row["below_0.85"]["bins"]:
            if fit["dE"] is not None:
                line = Line(counts[name, fit["bin_low"]])
                lines.append(line)
                what = f"{name}, x from {fit['bin_low']}"
                found.near(f"dE of {what}", -line.a[1], fit["dE"], 1e-5 * max(1, abs(fit["dE"])))
                found.near(f"Sigma of {what}", line.at(0), fit["Sigma"], 1e-5 * max(1, abs(fit["Sigma"])))
        if row["below_0.85"]["T0"] is not None:
            found.near(f"T0 of {name}", 1 / meeting(lines), row["below_0.85"]["T0"], 1e-5)
    print(f"{folder}: {found.seen} numbers, {len(found.wrong)} do not agree")
    for line in found.wrong:
        print("  " + line)
    return 1 if found.wrong or found.seen == 0 else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
