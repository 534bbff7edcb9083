"""Activity centers, the dated facts of their status, and their equipment ledger."""

from centers.models.center import Center, CenterState
from centers.models.equipment import Equipment, Loan, Stocktake

__all__ = ["Center", "CenterState", "Equipment", "Loan", "Stocktake"]
