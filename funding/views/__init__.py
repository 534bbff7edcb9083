"""Pages of money: an overview; receipts, allocations, disbursements and expenditures, each with list, record and forms;
the months that were reconciled and closed.
"""

from funding.views.allocations import (
    AllocationAdd,
    AllocationDetail,
    AllocationEdit,
    AllocationExport,
    AllocationHistory,
    AllocationList,
    AllocationReverse,
    AllocationVoid,
)
from funding.views.disbursements import (
    DisbursementAdd,
    DisbursementDetail,
    DisbursementEdit,
    DisbursementExport,
    DisbursementHistory,
    DisbursementList,
    DisbursementReverse,
    DisbursementVoid,
)
from funding.views.expenditures import (
    ExpenditureAdd,
    ExpenditureDetail,
    ExpenditureEdit,
    ExpenditureExport,
    ExpenditureHistory,
    ExpenditureList,
    ExpenditureReverse,
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
    ReceiptReverse,
    ReceiptVoid,
)
from funding.views.reconciliations import (
    ReconciliationAdd,
    ReconciliationClose,
    ReconciliationDetail,
    ReconciliationEdit,
    ReconciliationHistory,
    ReconciliationList,
    ReconciliationVoid,
)

__all__ = [
    "AllocationAdd", "AllocationDetail", "AllocationEdit", "AllocationExport", "AllocationHistory", "AllocationList",
    "AllocationReverse", "AllocationVoid", "DisbursementAdd", "DisbursementDetail", "DisbursementEdit",
    "DisbursementExport", "DisbursementHistory", "DisbursementList", "DisbursementReverse", "DisbursementVoid",
    "ExpenditureAdd", "ExpenditureDetail", "ExpenditureEdit", "ExpenditureExport", "ExpenditureHistory",
    "ExpenditureList", "ExpenditureReverse", "ExpenditureVoid", "Overview", "ReceiptAdd", "ReceiptDetail",
    "ReceiptEdit", "ReceiptExport", "ReceiptHistory", "ReceiptList", "ReceiptReverse", "ReceiptVoid",
    "ReconciliationAdd", "ReconciliationClose", "ReconciliationDetail", "ReconciliationEdit",
    "ReconciliationHistory", "ReconciliationList", "ReconciliationVoid",
]  # fmt: skip
