"""Facts of a single complaint: severity, and later demand, law, money, effort, expectation."""
