"""The memory between runs: what it keeps, and how a store is opened. No texts: keyed hashes, days, labels, sums."""

from __future__ import annotations

from .model import Daily, Delivery, Incoming, Known, Store, Tally
from .opened import default_path, open_store

__all__ = ["Daily", "Delivery", "Incoming", "Known", "Store", "Tally", "default_path", "open_store"]
