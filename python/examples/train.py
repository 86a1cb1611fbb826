#!/usr/bin/env python3
"""A classifier by scikit-learn from the training set of a run, cross-validated over groups of particles.    python3 train.py RUN [RULE]"""
import sys

from sklearn.model_selection import GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

import vitrine

with vitrine.open(sys.argv[1]) as run:
    training = run.training(sys.argv[2] if len(sys.argv) > 2 else "fluidity")
classifier = make_pipeline(StandardScaler(), LinearSVC(C=0.01, loss="hinge", max_iter=100_000))
folds = GroupKFold(min(5, len(set(training.groups))))
accuracy = cross_val_score(classifier, training.features, training.label, groups=training.groups, cv=folds)
print(f"{len(training)} samples at T = {training.attributes['temperature']}: accuracy {accuracy.mean():.3f} +- {accuracy.std():.3f}")
