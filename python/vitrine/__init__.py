"""Reads what Vitrine stores.

    import vitrine

    run = vitrine.open("runs/default")      # a run folder, or the path of a store
    run.windows()["hop_fraction"]           # one row for each window, as columns of numpy
    run.rates()                             # structures and hops by model, score and temperature
    run.relaxation()                        # F_s, MSD, alpha_2, Q, chi_4 by lag
    run.training("fluidity")                # samples, labels and attributes of a training set
    run.models()["fluidity"].score(...)     # the classifier in numpy

Needs numpy, and h5py for training sets and exports; nothing here uses a network.
"""

from .model import Model
from .run import Run, Table, TrainingSet
from .structure import radial


def open(path, study=None, connection=None):  # noqa: A001 (the name that users expect)
    """A run folder or a store's file; or any DB-API `connection` to a store, as one of psycopg's to PostgreSQL."""
    return Run(path, study, connection)


__all__ = ["Model", "Run", "Table", "TrainingSet", "open", "radial"]
