#!/usr/bin/env python3
"""Lines through sparse counts by scipy: maximum likelihood of binomial counts, errors from the expected information.

Writes expected.json beside itself. Needs numpy and scipy.
"""
import json, pathlib
import numpy as np
from scipy.optimize import minimize
from scipy.special import xlogy, xlog1py

T = np.array([0.50, 0.53, 0.56, 0.60, 0.65, 0.70, 0.75, 0.80])


def rate(a, T, prefactor):
    return np.exp(a[0] - a[1] / T) / (T if prefactor else 1)


def probability(a, T, prefactor, hazard):
    r = rate(a, T, prefactor)
    return -np.expm1(-r) if hazard else r


def log_likelihood(p, n, k):
    if np.any(p >= 1) or np.any(p <= 0):
        return -np.inf
    return np.sum(xlogy(k, p) + xlog1py(n - k, -p))


def fit(n, k, prefactor, hazard):
    def cost(a):
        value = -log_likelihood(probability(a, T, prefactor, hazard), n, k)
        return value if np.isfinite(value) else 1e12
    best = None
    for dE in (1.0, 3.0, 5.0):
        start = [np.log(max(k.sum(), 1) / n.sum()) + dE / 0.65 - 0.5, dE]
        for _ in range(6):
            found = minimize(cost, start, method="Nelder-Mead", options=dict(xatol=1e-12, fatol=1e-15, maxiter=20000, maxfev=20000))
            start = found.x
        if best is None or found.fun < best.fun:
            best = found
    a = best.x
    p, r = probability(a, T, prefactor, hazard), rate(a, T, prefactor)
    change = r * np.exp(-r) if hazard else p
    weight = n * change**2 / (p * (1 - p))
    design = np.stack([np.ones_like(T), -1 / T])
    covariance = np.linalg.inv((design * weight) @ design.T)
    deviance = 2 * (np.sum(xlogy(k, k / n) + xlog1py(n - k, -k / n)) + best.fun)
    return dict(dE=a[1], sigma=a[0], dE_error=covariance[1, 1] ** 0.5, sigma_error=covariance[0, 0] ** 0.5, deviance=deviance)


random = np.random.default_rng(20)
cases = []
for name, structures, level, dE, prefactor, hazard in (
        ("zeros in half of the cells", 60, -1.5, 4.0, True, False),
        ("zeros, hazard", 60, -1.5, 4.0, True, True),
        ("zeros, no prefactor", 80, -1.0, 4.0, False, False),
        ("plenty", 40000, -1.5, 3.0, True, False),
        ("large rates, hazard", 500, 0.6, 2.0, True, True),
        ("different numbers of structures", None, -1.5, 2.0, True, False)):
    n = random.integers(20, 5000, len(T)) if structures is None else np.full(len(T), structures)
    p = probability([level + dE / 0.95, dE], T, prefactor, hazard)
    k = random.binomial(n, p)
    cases.append(dict(name=name, temperatures=T.tolist(), structures=n.tolist(), hops=k.tolist(), prefactor=prefactor, hazard=hazard,
                      **fit(n, k, prefactor, hazard)))
pathlib.Path(__file__).with_name("expected.json").write_text(json.dumps(cases, indent=1) + "\n")
