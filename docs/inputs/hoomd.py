#!/usr/bin/env python3
"""A supercooled Kob-Andersen liquid in HOOMD-blue 4 or 5 that Vitrine follows in a GSD file.

    python3 hoomd.py [T] [TAU] [CELLS]        (default: 0.6, 1000 tau, 10: 1,000 particles)
"""
import sys

import hoomd
import numpy as np

T = float(sys.argv[1]) if len(sys.argv) > 1 else 0.6
TAU = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
CELLS = int(sys.argv[3]) if len(sys.argv) > 3 else 10
REST = 200  # tau at T = 2, of cooling, and of rest, each
STEPS = 200  # of 0.005 tau, a frame each tau

edge = (CELLS**3 / 1.2) ** (1 / 3)
simulation = hoomd.Simulation(device=hoomd.device.auto_select(), seed=1)
start = hoomd.Snapshot()
if start.communicator.rank == 0:
    axis = (np.arange(CELLS) + 0.5) / CELLS * edge - edge / 2
    start.configuration.box = [edge, edge, edge, 0, 0, 0]
    start.particles.N = CELLS**3
    start.particles.types = ["A", "B"]
    start.particles.position[:] = np.stack(np.meshgrid(axis, axis, axis), -1).reshape(-1, 3)
    kinds = np.zeros(CELLS**3, int)
    kinds[: round(0.2 * CELLS**3)] = 1
    start.particles.typeid[:] = np.random.default_rng(1).permutation(kinds)
simulation.create_state_from_snapshot(start)

# Cut at 2.5 sigma_ab, shifted to zero there.
pairs = hoomd.md.pair.LJ(nlist=hoomd.md.nlist.Cell(buffer=0.3), mode="shift")
for a, b, epsilon, sigma in ("A", "A", 1.0, 1.0), ("A", "B", 1.5, 0.8), ("B", "B", 0.5, 0.88):
    pairs.params[(a, b)] = {"epsilon": epsilon, "sigma": sigma}
    pairs.r_cut[(a, b)] = 2.5 * sigma
everything = hoomd.filter.All()
integrator = hoomd.md.Integrator(dt=0.001, forces=[pairs])
simulation.operations.integrator = integrator
simulation.state.thermalize_particle_momenta(filter=everything, kT=2.0)


def run(kT, steps, dt=0.005):
    integrator.dt = dt
    thermostat = hoomd.md.methods.thermostats.MTTK(kT=kT, tau=0.5)
    integrator.methods = [hoomd.md.methods.ConstantVolume(filter=everything, thermostat=thermostat)]
    simulation.run(steps)


# The lattice is far from a liquid: the first steps are short.
run(2.0, 5 * STEPS, dt=0.001)
run(2.0, REST * STEPS)
run(hoomd.variant.Ramp(2.0, T, simulation.timestep, REST * STEPS), REST * STEPS)
run(T, REST * STEPS)

# `momentum` holds the image flags, which let particles be followed through the faces of the box.
writer = hoomd.write.GSD(
    trigger=hoomd.trigger.Periodic(STEPS, simulation.timestep % STEPS), filename="run.gsd", mode="xb", filter=everything, dynamic=["property", "momentum"]
)
simulation.operations.writers.append(writer)
until = simulation.timestep * 0.005 + TAU
print(f"./vitrine monitor --frames 'follow:run.gsd?T={T}&dt=0.005&id=hoomd' --until {until:g} --output vitrine", flush=True)
for _ in range(TAU):
    simulation.run(STEPS)
    # HOOMD keeps 64 MiB in memory before it writes; this puts each frame into the file.
    writer.flush()
