"""CPU seconds of one LinearSVC fit: linear_svc.py FILE N D, FILE holding N labels and N x D features."""
import sys
import time

import numpy as np
from sklearn.svm import LinearSVC

n, d = int(sys.argv[2]), int(sys.argv[3])
data = np.fromfile(sys.argv[1])
y, z = data[:n], np.ascontiguousarray(data[n:].reshape(n, d))
start = time.process_time()
LinearSVC(loss="hinge", C=0.01, intercept_scaling=10, max_iter=100000).fit(z, y)
print(time.process_time() - start)
