"""The account: a person, her division, her role."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gansu_care.accounts.models.grant import Grant, standing_grant
from gansu_care.accounts.roles import ROLES, Right, Role, RoleRow
from gansu_care.divisions.models import Division


class AccountManager(UserManager["User"]):
    """`create_user(username, password, …)`; a superuser is a system administrator and no more."""

    def _create(self, username: str, password: str | None, **fields: Any) -> "User":
        if not username:
            raise ValueError("An account needs a user name.")
        terms = {"granted_from": timezone.localdate()} | fields
        user = self.model(username=self.model.normalize_username(username), **terms)
        user.set_password(password)
        with transaction.atomic():
            user.save(using=self._db)
            if user.granted_from:
                Grant.objects.using(self._db).create(**standing_grant(user))
        return user

    def create_user(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        return self._create(username, password, **fields)

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> "User":
        return self._create(username, password, is_superuser=True, role=Role.SYSTEM, **fields)


class User(AbstractBaseUser):
    """One person's account. `may(right)` answers from the one table of roles.

    Role, division, `granted_from` and `granted_until` repeat the grant in force, so that nobody's rights cost a query;
    accounts/grants.py alone writes them. Outside these days the account has no rights and sees no rows.
    """

    username = models.CharField(
        _("用户名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("姓名"), max_length=50, blank=True)
    unit = models.CharField(_("单位"), max_length=100, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    role = models.CharField(_("角色"), max_length=30, choices=Role)
    division = models.ForeignKey(
        Division,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("行政区划"),
        related_name="+",
    )
    granted_from = models.DateField(_("授权起"), null=True, blank=True, editable=False)
    granted_until = models.DateField(_("授权止"), null=True, blank=True, editable=False)
    is_contractor = models.BooleanField(_("外部人员"), default=False)
    is_active = models.BooleanField(_("可以登录"), default=True)
    is_superuser = models.BooleanField(_("由命令行建立"), default=False, editable=False)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    password_set_at = models.DateTimeField(_("密码设置时间"), null=True, blank=True, editable=False)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)
    end_reason = models.CharField(_("停用原因"), max_length=200, blank=True)
    date_joined = models.DateTimeField(_("开通时间"), auto_now_add=True)
    language = models.CharField(_("界面语言"), max_length=10, default="zh-hans")

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = pgettext_lazy("名单", "账号")
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_known"),
            models.CheckConstraint(
                condition=models.Q(is_contractor=False)
                | models.Q(granted_from=None)
                | models.Q(granted_until__isnull=False),
                name="user_contractor_time_limited",
            ),
        )
        indexes = (models.Index(fields=("division", "role"), name="user_division_role"),)

    def __str__(self) -> str:
        return self.username

    def may(self, right: str) -> bool:
        """Whether the role has the right, today. A superuser has the system administrator's rights and no more."""
        row = self.role_row
        return bool(self.is_active and row and right in row.rights and self.is_granted)

    @property
    def is_granted(self) -> bool:
        """Whether the grant that the account repeats is in force today."""
        if self.granted_from is None:
            return False
        today = timezone.localdate()
        return self.granted_from <= today and (self.granted_until is None or today <= self.granted_until)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    @property
    def role_row(self) -> RoleRow | None:
        """The row of the table of roles that holds for this account."""
        return ROLES.get(Role.SYSTEM if self.is_superuser else self.role)

    def get_absolute_url(self) -> str:
        return reverse("accounts:detail", args=[self.pk])

    @property
    def label(self) -> str:
        return self.name or self.username

    @property
    def unit_label(self) -> str:
        return self.unit or (str(self.division) if self.division else "")

    # What django.contrib.admin asks; our ModelAdmin answers by `may`, so that there is one table only.
    @property
    def is_staff(self) -> bool:
        return self.may(Right.ADMIN_SITE)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff
