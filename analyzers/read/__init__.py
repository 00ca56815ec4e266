"""Reading customers' texts from the files that companies export."""

from .inputs import expand_inputs, find_inputs
from .model import ROLES, ColumnChoice, ReadOptions, Record, Skipped, TableInfo
from .open import inspect_input, is_about_one_file, open_rows, open_table

__all__ = [
    "ROLES", "ColumnChoice", "ReadOptions", "Record", "Skipped", "TableInfo", "expand_inputs", "find_inputs",
    "inspect_input", "is_about_one_file", "open_rows", "open_table",
]  # fmt: skip
