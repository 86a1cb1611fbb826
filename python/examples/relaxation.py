#!/usr/bin/env python3
"""F_s(k, t) of each simulation and species, and the verdict on equilibrium.    python3 relaxation.py RUN"""
import sys

import numpy as np

import vitrine

with vitrine.open(sys.argv[1]) as run:
    relaxation, verdicts = run.relaxation(), run.equilibrium()
    for simulation in np.unique(relaxation["simulation"]):
        fs = relaxation.where(simulation=simulation, observable="Fs")
        for species in np.unique(fs["species"]):
            one = fs.where(species=species)
            print(f"{simulation}, {species}, k = {one['wavevector'][0]}")
            for lag, value, error in zip(one["lag"], one["value"], one["error"]):
                print(f"  {lag:10.1f} {value:8.4f} +- {error:.4f}")
        newest = verdicts.where(simulation=simulation)
        if len(newest):
            print(f"{simulation}: {newest['verdict'][-1]}, tau_alpha = {newest['tau_alpha'][-1]:.3g} tau; {newest['reason'][-1]}")
