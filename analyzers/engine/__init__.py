"""How the stages run: one process or several, same results in the same order."""
