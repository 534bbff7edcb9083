"""Accounts, their grants, and what watches over them."""

from gansu_care.accounts.models.grant import Grant, standing_grant
from gansu_care.accounts.models.user import AccountManager, User
from gansu_care.accounts.models.watching import Alarm, CostlyAct, UsedPassword

__all__ = ["AccountManager", "Alarm", "CostlyAct", "Grant", "UsedPassword", "User", "standing_grant"]
