"""Ridge regression by scikit-learn: penalty by leaving out one block, weights on all.

with_sklearn.py SAMPLES.csv LAMBDA,LAMBDA,... OUT.json    a row a sample: block, features, label
"""
import json
import sys

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import LeaveOneGroupOut
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rows = np.loadtxt(sys.argv[1], delimiter=",")
lambdas = [float(x) for x in sys.argv[2].split(",")]
block, x, y = rows[:, 0], rows[:, 1:-1], rows[:, -1]


def fit(a, rows):
    return make_pipeline(StandardScaler(), Ridge(alpha=a, solver="cholesky")).fit(x[rows], y[rows])


pearson = []
for a in lambdas:
    left_out = LeaveOneGroupOut().split(x, y, block)
    pearson.append([np.corrcoef(fit(a, i).predict(x[o]), y[o])[0, 1] for i, o in left_out])
best = lambdas[int(np.argmax(np.mean(pearson, axis=1)))]
ridge = fit(best, np.arange(len(y)))[-1]
with open(sys.argv[3], "w") as out:
    json.dump(
        {
            "lambda": best,
            "weights": ridge.coef_.tolist(),
            "intercept": float(ridge.intercept_),
            "pearson": np.array(pearson).tolist(),
        },
        out,
    )
