"""Pages of money: an overview, and receipts, allocations and expenditures, each with list, record and forms."""

from funding.views.allocations import (
    AllocationAdd,
    AllocationDetail,
    AllocationEdit,
    AllocationExport,
    AllocationHistory,
    AllocationList,
    AllocationVoid,
)
from funding.views.expenditures import (
    ExpenditureAdd,
    ExpenditureDetail,
    ExpenditureEdit,
    ExpenditureExport,
    ExpenditureHistory,
    ExpenditureList,
    ExpenditureVoid,
)
from funding.views.overview import Overview
from funding.views.receipts import (
    ReceiptAdd,
    ReceiptDetail,
    ReceiptEdit,
    ReceiptExport,
    ReceiptHistory,
    ReceiptList,
    ReceiptVoid,
)

__all__ = [
    "AllocationAdd", "AllocationDetail", "AllocationEdit", "AllocationExport", "AllocationHistory", "AllocationList",
    "AllocationVoid", "ExpenditureAdd", "ExpenditureDetail", "ExpenditureEdit", "ExpenditureExport",
    "ExpenditureHistory", "ExpenditureList", "ExpenditureVoid", "Overview", "ReceiptAdd", "ReceiptDetail",
    "ReceiptEdit", "ReceiptExport", "ReceiptHistory", "ReceiptList", "ReceiptVoid",
]  # fmt: skip
