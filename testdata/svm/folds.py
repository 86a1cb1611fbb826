"""Held-out accuracy of SVC(kernel='linear', C=0.01) on five folds (row i in fold i mod 5)."""
import json

import numpy as np
import sklearn
from sklearn.svm import SVC

data = np.loadtxt("svm_train_Z.csv", delimiter=",")
y, z = data[:, 0], data[:, 3:]
fold = np.arange(len(y)) % 5
accuracy, bias = [], []
for k in range(5):
    svc = SVC(kernel="linear", C=0.01, tol=1e-8).fit(z[fold != k], y[fold != k])
    accuracy.append(float(svc.score(z[fold == k], y[fold == k])))
    bias.append(float(-svc.intercept_[0]))
with open("svm_folds.json", "w") as f:
    json.dump({"sklearn": sklearn.__version__, "accuracy": accuracy, "bias": bias}, f, indent=1)
    f.write("\n")
