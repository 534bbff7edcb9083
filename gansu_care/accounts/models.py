"""The account: a person, her division, her role."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gansu_care.accounts.roles import ROLES, Right, Role, RoleRow
from gansu_care.divisions.models import Division


class AccountManager(UserManager["User"]):
    """`create_user(username, password, …)`; a superuser is a system administrator and no more."""

    def _create(self, username: str, password: str | None, **fields: Any) -> "User":
        if not username:
            raise ValueError("An account needs a user name.")
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
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
    """One person's account. `may(right)` answers from the one table of roles."""

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
    is_active = models.BooleanField(_("可以登录"), default=True)
    is_superuser = models.BooleanField(_("由命令行建立"), default=False, editable=False)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
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
        )
        indexes = (models.Index(fields=("division", "role"), name="user_division_role"),)

    def __str__(self) -> str:
        return self.username

    def may(self, right: str) -> bool:
        """Whether the role has the right. A superuser has the system administrator's rights and no more."""
        row = self.role_row
        return bool(self.is_active and row and right in row.rights)

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
