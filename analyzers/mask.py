from __future__ import annotations
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    spans: tuple[tuple[int,int,str], ...]
    def move(self, start: int, stop: int) -> tuple[int, int]:
        return start, stop
def mask(text: str) -> Masked:
    return Masked(text, ())
def mask_value(text: str) -> str:
    return text
