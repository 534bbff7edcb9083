"""Money: who gave (source, donor and channel apart), what came, where it went, what it bought. Decimal yuan."""

from funding.models.closing import Reconciliation
from funding.models.money_row import FEN, MoneyRow, money
from funding.models.passing_on import Allocation, Disbursement
from funding.models.receipts import Receipt, ReceiptShare
from funding.models.sources import Source
from funding.models.spending import Expenditure

__all__ = [
    "FEN",
    "Allocation",
    "Disbursement",
    "Expenditure",
    "MoneyRow",
    "Receipt",
    "ReceiptShare",
    "Reconciliation",
    "Source",
    "money",
]
