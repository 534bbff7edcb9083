"""The registers of personal information protection."""

from gansu_care.protection.models.registers import (
    AssessmentFile,
    ImpactAssessment,
    Incident,
    MandatoryReport,
)
from gansu_care.protection.models.requests import PersonRequest

__all__ = ["AssessmentFile", "ImpactAssessment", "Incident", "MandatoryReport", "PersonRequest"]
