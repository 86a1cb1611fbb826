"""Tests over a run that VITRINE_RUN names, a monitor of testdata/ka512 with --export hops=RUN/hops.h5.

    VITRINE_RUN=run VITRINE_TESTDATA=../testdata python3 -m unittest discover -s tests
"""
import decimal
import os
import pathlib
import sqlite3
import subprocess
import sys
import unittest

import numpy as np

import vitrine

RUN, DATA = pathlib.Path(os.environ["VITRINE_RUN"]), pathlib.Path(os.environ["VITRINE_TESTDATA"])
EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / "examples"


def frame(index):
    """Positions, species and box of a frame of the extended XYZ file."""
    lines = (DATA / "ka512/ka512_T0.60.extxyz").read_text().split("\n")
    count = int(lines[0])
    block = lines[index * (count + 2):(index + 1) * (count + 2)]
    edge = float(block[1].split('"')[1].split()[0])
    words = [line.split() for line in block[2:]]
    return np.array([w[1:4] for w in words], float), np.array([w[0] for w in words]), [edge] * 3


class VitrineTest(unittest.TestCase):
    def setUp(self):
        self.run_ = vitrine.open(RUN)
        self.addCleanup(self.run_.close)

    def test_windows_arePerWindow(self):
        windows = self.run_.windows()
        self.assertEqual(len(windows), 51)
        p_hop = np.load(DATA / "ka512/phop_ka512_T0.60.npy")
        species = frame(0)[1]
        hopped = [(row[species == "A"] > 0.2).mean() for row in p_hop]
        np.testing.assert_allclose(windows["hop_fraction"], hopped, atol=1e-12)

    def test_windows_ofAModel_haveItsScores(self):
        windows, scored = self.run_.windows(), self.run_.windows("fluidity")
        self.assertNotIn("mean_score", windows)
        np.testing.assert_array_equal(scored["hops"], windows["hops"])
        self.assertTrue((scored["sigma_score"] > 0).all())
        self.assertEqual(len(self.run_.windows("nobody")), 0)

    def test_hopEvents_areTheRunsAboveTheThresholdOfTheExport(self):
        hops, expected = self.run_.hops(), []
        for particle, p_hop in zip(hops["particle"], hops["p_hop"].T):
            above = np.concatenate([[False], p_hop > 0.2, [False]])
            begins, ends = np.flatnonzero(above[1:] & ~above[:-1]), np.flatnonzero(above[:-1] & ~above[1:])
            for begin, end in zip(begins, ends):
                peak = begin + np.argmax(p_hop[begin:end])
                expected.append((hops["time"][begin], particle, hops["time"][peak], hops["time"][end - 1], p_hop[peak]))
        found = self.run_.hop_events()
        self.assertGreater(len(expected), 100)
        self.assertEqual([tuple(row) for row in zip(*(found[k] for k in ("begin", "particle", "time", "end", "p_hop")))], sorted(expected))
        self.assertEqual(set(found["species"]), {"A"})
        some = self.run_.hop_events(between=(20, 30))
        self.assertEqual(len(some), sum(1 for e in expected if e[0] <= 30 and e[3] >= 20))
        self.assertLess(len(some), len(found))

    def test_rates_addUpToTheWindows(self):
        rates, windows = self.run_.rates(), self.run_.windows()
        self.assertEqual(rates["rearranging"].sum(), windows["hops"].sum())
        self.assertEqual(rates["structures"].sum(), windows["n"].sum())
        some = rates["structures"] > 0
        np.testing.assert_allclose(rates["P_R"][some], rates["rearranging"][some] / rates["structures"][some])

    def test_relaxation_hasTheMeanSquaredDisplacement(self):
        msd = self.run_.relaxation().where(observable="msd", species="A")
        self.assertEqual(msd["lag"][0], 1)
        self.assertTrue((np.diff(msd["value"]) > 0).all())
        self.assertEqual(self.run_.equilibrium()["verdict"][-1], "too short")

    def test_features_areThoseOfTheReference(self):
        reference = np.load(DATA / "ka512/features_frame30.npy")
        model = self.run_.models()["fluidity"]
        positions, species, box = frame(30)
        targets = np.flatnonzero(species == "A")[:40]
        found = model.features(positions, species, box, targets)
        # The file has six decimals; one value of the reference moves by 6e-5.
        np.testing.assert_allclose(found, reference[:40], atol=6e-5)

    def test_score_isThatOfTheRun(self):
        hops, model = self.run_.hops(), self.run_.models()["fluidity"]
        positions, species, box = frame(8)
        targets = np.flatnonzero(species == "A")
        row = list(hops["time"]).index(10)
        # Scores of a run are within 2e-5 of a standard deviation of the exact ones.
        np.testing.assert_allclose(model.score(positions, species, box, targets), hops["score"]["fluidity"][row], atol=1e-4)

    def test_score_ofAFilm_isThatOfTheReference(self):
        rows = [line.split() for line in (DATA / "systems/slab.extxyz").read_text().split("\n")[7 * 62 + 2:8 * 62]]
        species, positions = np.array([r[0] for r in rows]), np.array([r[1:] for r in rows], float)
        model = vitrine.Model.read(DATA / "systems/slab.model.json")
        found = model.score(positions, species, [5.2, 4.8, 4.0], periodic=(True, True, False))
        np.testing.assert_allclose(found, np.load(DATA / "systems/slab.scores.npy"), atol=1e-10)

    def test_features_ofScaledDistances_areThoseOfTheReference(self):
        model = vitrine.Model.read(DATA / "systems/polydisperse.scaled.model.json")
        with self.assertRaises(ValueError):
            model.features(np.zeros((1, 3)), ["A"], [5.0] * 3)
        half = model.features([[0, 0, 0], [0.9, 0, 0]], ["A", "A"], [40.0] * 3, diameters=[0.8, 1.0])
        np.testing.assert_allclose(half[0, 9], 1, atol=1e-12)

    def test_estimator_agreesWithTheModel(self):
        model, training = self.run_.models()["fluidity"], self.run_.training("fluidity")
        estimator = model.estimator()
        np.testing.assert_allclose(estimator.decision_function(training.features),
                                   training.features @ estimator.coef_[0] + estimator.intercept_[0], atol=1e-9)
        self.assertEqual(set(estimator.predict(training.features)) - {-1, 1}, set())
        self.assertEqual(training.attributes["rule"], "fluidity")
        self.assertEqual(sorted(set(training.label)), [-1, 1])

    def test_tiltedBox_countsTheSameAsABruteForceSum(self):
        random = np.random.default_rng(1)
        box = (4.0, 3.5, 3.0, 0.9, -0.4, 0.6)
        vectors = vitrine.structure.cell(box)
        positions = random.random((12, 3)) @ vectors
        species = np.array(["A", "B", "A"] * 4)
        found = vitrine.radial(positions, species, box, [0.9, 1.4], 0.2, 2.9)
        expected = np.zeros_like(found)
        for i in range(12):
            for j in range(12):
                for n in np.ndindex(9, 9, 9):
                    r = np.linalg.norm(positions[j] - positions[i] + (np.array(n) - 4) @ vectors)
                    if 0 < r <= 2.9:
                        k = 0 if species[j] == "A" else 2
                        expected[i, k:k + 2] += np.exp(-((r - np.array([0.9, 1.4])) ** 2) / 0.08)
        np.testing.assert_allclose(found, expected, rtol=1e-12)

    def test_ownConnection_decimalNumbersAreNumbers(self):
        class Cursor:
            description = [("time",), ("tau_alpha",), ("verdict",)]

            def execute(self, sql):
                self.sql = sql

            def fetchall(self):
                return [(decimal.Decimal("5.5000"), None, "frozen"), (decimal.Decimal(6), 1.5, "ageing")]

        class Connection:
            cursor = Cursor

        found = vitrine.open(None, study="it's", connection=Connection()).equilibrium()
        np.testing.assert_array_equal(found["time"], [5.5, 6])
        np.testing.assert_array_equal(found["tau_alpha"], [np.nan, 1.5])
        self.assertEqual(list(found["verdict"]), ["frozen", "ageing"])

    def test_store_isOpenedReadOnly(self):
        with self.assertRaises(sqlite3.OperationalError):
            self.run_.connection.execute("DELETE FROM windows")

    def test_missingStore_isSaid(self):
        with self.assertRaisesRegex(FileNotFoundError, "no such store; give the folder of a run"):
            vitrine.open(RUN / "nowhere")

    def test_examples_run(self):
        for words in (["relaxation.py", RUN], ["train.py", RUN, "fluidity"], ["score.py", RUN, DATA / "ka512/ka512_T0.60.gsd", "8"]):
            done = subprocess.run([sys.executable, EXAMPLES / words[0], *map(str, words[1:])], capture_output=True, text=True,
                                  env={**os.environ, "PYTHONPATH": str(EXAMPLES.parent)})
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertGreater(len(done.stdout.split("\n")), 1, words[0])


if __name__ == "__main__":
    unittest.main()
