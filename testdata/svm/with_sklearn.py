"""A training set of Vitrine to a model of Vitrine with scikit-learn: with_sklearn.py SET.h5 MODEL.json"""
import json
import sys

import h5py
from sklearn.svm import SVC

with h5py.File(sys.argv[1]) as f:
    x, y = f["features"][:].astype(float), f["label"][:]
    features = {"radii": f.attrs["radii"].tolist(), "delta": f.attrs["delta"], "cutoff": f.attrs["cutoff"]}
    temperature = f.attrs["temperature"]
mean, deviation = x.mean(axis=0), x.std(axis=0)
deviation[deviation == 0] = 1
z = (x - mean) / deviation
svc = SVC(kernel="linear", C=0.01, tol=1e-6).fit(z, y)
with open(sys.argv[2], "w") as f:
    json.dump({"weights": svc.coef_[0].tolist(), "bias": -svc.intercept_[0],  # score = w.z - bias
               "means": mean.tolist(), "deviations": deviation.tolist(), "features": features,
               "temperature": temperature, "C": 0.01, "accuracies": {"training": svc.score(z, y)}}, f)
