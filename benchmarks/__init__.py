"""Measurements that anyone can repeat: ``python -m benchmarks`` writes docs/performance.md."""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported: one core for everyone
