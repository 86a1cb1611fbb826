"""Classifiers that Vitrine trained."""

import json
import pathlib

import numpy as np

from .structure import radial


class Model:
    """A linear classifier: score = w . (G - means) / deviations - bias, positive for particles that rearrange."""

    def __init__(self, name, text):
        self.name, self.json = name, json.loads(text)
        features = self.json["features"]
        if features.get("sets", "radial") != "radial":
            raise ValueError(f"features.sets of model {name} must be radial, but was {features['sets']}")
        self.weights, self.means, self.deviations = (np.array(self.json[k], float) for k in ("weights", "means", "deviations"))
        self.bias, self.sigma = self.json["bias"], self.json.get("sigma")
        self.radii, self.delta, self.cutoff = np.array(features["radii"], float), features["delta"], features["cutoff"]
        self.species, self.dimensions = tuple(features.get("species", ("A", "B"))), features.get("dimensions", 3)
        self.scaled = features.get("scale_distances") == "diameter"

    @classmethod
    def read(cls, path):
        """A model from its file."""
        path = pathlib.Path(path)
        return cls(path.stem, path.read_text())

    def features(self, positions, species, box, targets=None, periodic=None, diameters=None):
        """Structure functions [n, d] in the order of the weights; diameters count where the model scales distances with them."""
        if self.scaled and diameters is None:
            raise ValueError(f"diameters must be given: model {self.name} scales distances with them")
        if periodic is None:
            periodic = (True, True, self.dimensions == 3)
        sizes = diameters if self.scaled else None
        return radial(positions, species, box, self.radii, self.delta, self.cutoff, self.species, targets, periodic, sizes)

    def decision_function(self, features):
        """Scores of rows of features [n, d]."""
        # A feature of no deviation has none to tell anything by.
        scale = np.where(self.deviations > 0, self.deviations, np.inf)
        return (np.asarray(features, float) - self.means) / scale @ self.weights - self.bias

    def score(self, positions, species, box, targets=None, periodic=None, diameters=None):
        """Scores of particles of a configuration; the window of a score is centred 2 tau later."""
        return self.decision_function(self.features(positions, species, box, targets, periodic, diameters))

    def estimator(self):
        """The same as a fitted scikit-learn classifier: `predict` gives 1 (rearranges) and -1, from features."""
        from sklearn.base import BaseEstimator, ClassifierMixin

        model = self

        class FluidityClassifier(ClassifierMixin, BaseEstimator):
            classes_ = np.array([-1, 1])
            n_features_in_ = len(model.weights)
            coef_ = (model.weights / np.where(model.deviations > 0, model.deviations, np.inf))[None, :]
            intercept_ = np.array([-model.bias - coef_[0] @ model.means])

            def fit(self, X, y):
                raise ValueError("this classifier is fitted already; `vitrine train` fits others")

            def decision_function(self, X):
                return model.decision_function(X)

            def predict(self, X):
                return np.where(self.decision_function(X) > 0, 1, -1)

        return FluidityClassifier()

    def __repr__(self):
        return f"Model({self.name!r}, {len(self.weights)} features of {', '.join(self.species)})"
