"""A run's store and files."""

import decimal
import pathlib
import sqlite3
import urllib.parse

import numpy as np

from .model import Model


class Table(dict):
    """Columns by name, as numpy arrays of one length."""

    def __len__(self):
        return len(next(iter(self.values()))) if self.keys() else 0

    def where(self, **equal):
        """The rows in which columns have these values."""
        kept = np.ones(len(self), bool)
        for name, value in equal.items():
            kept &= self[name] == value
        return Table({name: column[kept] for name, column in self.items()})

    def frame(self):
        """The same as a pandas DataFrame."""
        import pandas

        return pandas.DataFrame(dict(self))


class TrainingSet:
    """Samples of a training set: features [n, d], label [n] (1 and -1), and where they come from."""

    def __init__(self, path):
        import h5py

        with h5py.File(path, "r") as file:
            self.attributes = {k: v.decode() if isinstance(v, bytes) else v for k, v in file.attrs.items() if not k.startswith("_")}
            self.columns = {k: v[()] for k, v in file.items()}
        self.features, self.label = self.columns["features"], self.columns["label"]
        self.groups = [f"{s.decode()}:{p}" for s, p in zip(self.columns["simulation"], self.columns["particle"])]

    def __len__(self):
        return len(self.label)


class Run:
    """What one run, or one study of a store, left or is leaving: read-only, so a run that is going on is not disturbed."""

    def __init__(self, path, study=None, connection=None):
        self.folder = None if path is None else pathlib.Path(path)
        self.study = study
        if connection is None:
            store = self.folder / "store.sqlite" if self.folder.is_dir() else self.folder
            if not store.exists():
                raise FileNotFoundError(f"{store}: no such store; give the folder of a run (--output), its store.sqlite, or connection=")
            self.folder = store.parent
            connection = sqlite3.connect(f"file:{urllib.parse.quote(str(store.resolve()))}?mode=ro", uri=True)
        self.connection = connection

    def query(self, sql):
        """The rows of a query as columns. NULL among numbers is NaN."""
        cursor = self.connection.cursor()
        cursor.execute(sql)
        names, rows = [d[0] for d in cursor.description], cursor.fetchall()
        table = Table()
        for k, name in enumerate(names):
            # PostgreSQL has times of views as decimal numbers.
            values = [float(row[k]) if isinstance(row[k], decimal.Decimal) else row[k] for row in rows]
            numbers = all(v is None or isinstance(v, (int, float)) for v in values)
            if numbers and any(isinstance(v, float) or v is None for v in values):
                values = [np.nan if v is None else v for v in values]
            table[name] = np.array(values, None if numbers else object)
        return table

    def _view(self, name, order, columns="*"):
        where = "" if self.study is None else " WHERE study = '" + self.study.replace("'", "''") + "'"
        found = self.query(f"SELECT {columns} FROM {name}{where} ORDER BY {order}")
        return Table({k: v for k, v in found.items() if not k.startswith("wall_")})

    def simulations(self):
        """One row for each simulation."""
        return self._view("simulations", "study, simulation")

    def windows(self, model=None):
        """One row for each window; with its scores by a model where one is named, or by each model for 'all'."""
        if model is None:
            return self._view("window_totals", "study, simulation, time")
        found = self._view("window_summary", "study, simulation, model, time")
        return found if model == "all" else found.where(model=model)

    def hop_events(self, between=None):
        """One row for each hop that is over: particle, when its p_hop went above p_c (begin), was largest (time), was last above (end).

        `between=(t1, t2)` leaves those that were under way at some time from t1 to t2, tau.
        """
        found = self._view("hop_events", "study, simulation, begin, particle")
        if between is None:
            return found
        under_way = (found["begin"] <= between[1]) & (found["end"] >= between[0])
        return Table({name: column[under_way] for name, column in found.items()})

    def rates(self):
        """Structures and hops by model, temperature and bin of the raw score, and P_R, their ratio."""
        found = self._view("rearrangements", "study, model, temperature, bin_low")
        seen = np.asarray(found["structures"], float)
        found["P_R"] = np.divide(np.asarray(found["rearranging"], float), seen, out=np.full(len(seen), np.nan), where=seen > 0)
        return found

    def relaxation(self):
        """Values of F_s, msd, alpha2, Q and chi4 by lag (tau), with errors."""
        return self._view("relaxation", "study, simulation, species, observable, wavevector, lag")

    def equilibrium(self):
        """Verdicts; the newest of a simulation holds."""
        return self._view("equilibrium", "study, simulation, time")

    def training(self, rule):
        """The training set of a rule, 'fluidity' or 'softness'."""
        if self.folder is None:
            raise FileNotFoundError("training sets are files of the run folder; open the folder")
        return TrainingSet(self.folder / "training" / f"{rule}.h5")

    def hops(self, path=None):
        """p_hop [window, particle] and scores of an export (`--export hops=FILE.h5`), by name; hops.h5 of the run folder by default."""
        import h5py

        with h5py.File(path or self.folder / "hops.h5", "r") as file:
            found = {k: file[k][()] for k in ("time", "particle", "p_hop")}
            found["score"] = {k: v[()] for k, v in file.get("score", {}).items()}
        return found

    def models(self):
        """Models by name; of a model that was trained during the run, the newest version."""
        found = self.query("SELECT model, json FROM models" + ("" if self.study is None else " WHERE study = '" + self.study.replace("'", "''") + "'")
                           + " ORDER BY wall_written")
        return {name: Model(name, text) for name, text in zip(found["model"], found["json"])}

    def close(self):
        """Closes the store."""
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
