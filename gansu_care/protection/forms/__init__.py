"""Forms of the registers, of requests and of notices."""

from gansu_care.protection.forms.erasures import DecideForm, ProposeForm
from gansu_care.protection.forms.notices import PublishForm
from gansu_care.protection.forms.registers import AssessmentForm, IncidentForm, MandatoryReportForm
from gansu_care.protection.forms.requests import AnswerForm, PersonRequestForm

__all__ = [
    "AnswerForm",
    "AssessmentForm",
    "DecideForm",
    "IncidentForm",
    "MandatoryReportForm",
    "PersonRequestForm",
    "ProposeForm",
    "PublishForm",
]
