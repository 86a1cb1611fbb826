#!/usr/bin/python3
"""Small H5MD files whose elements are sampled at different steps: two particles, six frames."""
import h5py
import numpy as np

STEPS = np.arange(6) * 200


def write(name, times=6, species_rows=6, edges_rows=6, boundary="periodic", dimension=3, **sizes):
    rng = np.random.default_rng(1)
    with h5py.File(name, "w") as f:
        box = f.create_group("particles/all/box")
        box.attrs["dimension"] = dimension
        box.attrs["boundary"] = np.array([b"periodic", b"periodic", boundary.encode()])
        edges = box.create_group("edges")
        edges["step"] = STEPS[:edges_rows]
        edges["value"] = np.full((edges_rows, 3), 8.0) + np.arange(edges_rows)[:, None]
        species = f.create_group("particles/all/species")
        species["step"] = STEPS[:species_rows]
        species["value"] = np.tile([0, 1], (species_rows, 1))
        for kind, values in sizes.items():
            f["particles/all/" + kind] = values
        position = f.create_group("particles/all/position")
        position["step"] = STEPS[:times]
        position["time"] = STEPS[:times] * 0.005
        position["value"] = rng.uniform(0, 8, (6, 2, 3))


write("more-positions-than-times.h5", times=4)
write("box-and-species-written-once.h5", species_rows=1, edges_rows=1)
write("box-written-twice.h5", edges_rows=2)
write("boundary-none.h5", boundary="none")
write("dimension-two.h5", dimension=2)
write("diameters.h5", diameter=[1.2, 0.9])
write("radii.h5", radius=[0.6, 0.45])
