"""Sealed columns of a model: the ciphertext, and beside it the keyed digest by which it is found.

    id_number = SealedTextField("children.child.id_number", mask=mask_id_number, digest_field="id_number_digest")
    id_number_digest = DigestField(of="id_number")
    id_number_digest_even = DigestField(of="id_number", even=True)

Each key of the digests writes into its own column: one of an odd version into the first, of an even version into the
second. While a key is being replaced both are at hand, both columns are written, and a value is found by either:
neither search nor uniqueness depends on the moment at which a process is started again (keeping/reindexing.py).

The attribute is always None or a `Sealed`: printing it shows the mask, `.open()` the value. Only exact look-ups are
allowed; they go to the digest.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import IsNull, Lookup

from gansu_care.sealed import cipher
from gansu_care.sealed.masks import mask_all


class Sealed:
    """One sealed text. `str()` gives its mask, so that a page, a log or a repr can never show it by accident."""

    __slots__ = ("_clear", "_digest", "_mask", "_token", "name")

    def __init__(
        self, name: str, mask: Callable[[str], str], token: bytes | None = None, clear: str | None = None
    ) -> None:
        self.name, self._mask, self._token, self._clear = name, mask, token, clear
        self._digest: dict[int, str] = {}  # by version of the key

    @property
    def token(self) -> bytes:
        if self._token is None:
            assert self._clear is not None
            self._token = cipher.seal(self._clear.encode(), self.name)
        return self._token

    def open(self) -> str:
        """The value in clear. Who calls this answers for the trail."""
        if self._clear is None:
            assert self._token is not None
            self._clear = cipher.unseal(self._token, self.name).decode()
        return self._clear

    @property
    def digest(self) -> str:
        """Under the key that is searched by."""
        return self.digest_under(cipher.digest_versions()[0])

    def digest_under(self, version: int) -> str:
        if version not in self._digest:
            self._digest[version] = cipher.digest(self.open(), self.name, version)
        return self._digest[version]

    @property
    def masked(self) -> str:
        return self._mask(self.open())

    @property
    def is_new(self) -> bool:
        """Whether it was given in clear and not read from the database."""
        return self._token is None

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Sealed {self.name}>"

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.open() == other
        return isinstance(other, Sealed) and (self.name, self.open()) == (other.name, other.open())

    def __hash__(self) -> int:
        return hash(self.digest)


class _SealedAttribute:
    """Keeps the attribute a Sealed or None; a text equal to what is stored keeps its ciphertext."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        return instance.__dict__[self.field.attname]

    def __set__(self, instance: models.Model, value: object) -> None:
        held = instance.__dict__.get(self.field.attname)
        if isinstance(value, str) and isinstance(held, Sealed) and held.open() == value:
            return
        sealed = self.field.sealed(value)
        instance.__dict__[self.field.attname] = sealed
        if self.field.digest_field and not isinstance(value, Sealed):
            for version in cipher.digest_versions():
                column = digest_column(self.field.digest_field, version)
                instance.__dict__[column] = sealed.digest_under(version) if sealed else None


class SealedTextField(models.BinaryField):
    """A text stored as AES-256-GCM token. `name` is its logical name; empty text is stored as NULL."""

    def __init__(
        self,
        name: str = "",
        *args: Any,
        mask: Callable[[str], str] = mask_all,
        digest_field: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True  # history's diff_against passes over what is not editable
        self.logical_name, self.mask, self.digest_field = name, mask, digest_field
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if self.digest_field:
            kwargs["digest_field"] = self.digest_field
        return name, path, [self.logical_name, *args], kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _SealedAttribute(self))

    def sealed(self, value: object) -> Sealed | None:
        if isinstance(value, Sealed):
            return value
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return Sealed(self.logical_name, self.mask, clear=value)
        return Sealed(self.logical_name, self.mask, token=bytes(value))  # type: ignore[call-overload]

    def opened(self, tokens: Iterable[Any]) -> list[str | None]:
        """Many values in clear, as the database holds them. Who calls this answers for the trail."""
        values = cipher.unseal_all(tokens, self.logical_name)
        return [None if value is None else value.decode() for value in values]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return self.sealed(value)

    def to_python(self, value: Any) -> Sealed | None:
        return self.sealed(value)

    def get_prep_value(self, value: Any) -> bytes | None:
        """The token as held; one of an older key is sealed anew, so that a write never brings it back."""
        sealed = self.sealed(value)
        return cipher.under_newest(sealed.token, self.logical_name) if sealed else None

    def value_to_string(self, obj: models.Model) -> str:
        sealed: Any = self.value_from_object(obj)
        return "" if sealed is None else sealed.token.hex()

    def get_lookup(self, lookup_name: str) -> Any:
        allowed = {"exact": SealedExact, "isnull": IsNull}
        if lookup_name not in allowed:
            raise FieldError(f"{self.name} is sealed: it can be looked up exactly, not by “{lookup_name}”.")
        return allowed[lookup_name]

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, form_class=SealedFormField, **kwargs)

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        held: Any = self.value_from_object(instance)
        if not (held is not None and data == held.masked):
            setattr(instance, self.attname, data or None)


def digest_column(digest_field: str, version: int | None = None) -> str:
    """The digest column that the key of this version writes; without one, the column that is searched."""
    even = (version or cipher.digest_versions()[0]) % 2 == 0
    return f"{digest_field}_even" if even else digest_field


class SealedExact(Lookup):
    """`id_number="6201…"`: compared on the digest columns of the keys at hand."""

    lookup_name = "exact"

    def get_prep_lookup(self) -> Any:
        field = self.lhs.output_field
        if not field.digest_field:
            raise FieldError(f"{field.name} is sealed without a digest: it cannot be searched.")
        return field.sealed(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        table, target = compiler.quote_name_unless_alias(self.lhs.alias), self.lhs.target
        versions = cipher.digest_versions()
        columns = [
            connection.ops.quote_name(digest_column(target.digest_field, version)) for version in versions
        ]
        conditions = " OR ".join(f"{table}.{column} = %s" for column in columns)
        digests = [self.rhs.digest_under(version) if self.rhs else "" for version in versions]
        return f"({conditions})", digests


class SealedFormField(forms.CharField):
    """Shows the mask; a field sent back with its mask means “unchanged” (SealedTextField.save_form_data)."""

    def prepare_value(self, value: Any) -> Any:
        return value.masked if isinstance(value, Sealed) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class DigestField(models.CharField):
    """Keyed digest of the sealed field `of`: 32 hexadecimal digits, NULL when that is empty.

    NULL too when no key of its kind of version, odd or even, is at hand: a digest that nobody keeps up would soon lie.
    """

    def __init__(self, *args: Any, of: str = "", even: bool = False, **kwargs: Any) -> None:
        kwargs.update(max_length=32, null=True, blank=True, editable=False)
        self.of, self.even = of, even
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "null", "blank", "editable"):
            kwargs.pop(key, None)
        if self.even:
            kwargs["even"] = True
        return name, path, args, {**kwargs, "of": self.of}

    @property
    def version(self) -> int | None:
        """Of the key that fills this column."""
        return next((one for one in cipher.digest_versions() if (one % 2 == 0) == self.even), None)

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        sealed = getattr(model_instance, self.of)
        if sealed is None or self.version is None:
            value = None
        elif sealed.is_new or not getattr(model_instance, self.attname):
            value = sealed.digest_under(self.version)
        else:
            value = getattr(model_instance, self.attname)
        setattr(model_instance, self.attname, value)
        return value


class SealedBlobField(models.BinaryField):
    """Whole bytes sealed (raw files, staged rows): read and written as plain bytes."""

    _pyi_private_get_type: bytes  # what the type checker is told a row gives

    def __init__(self, name: str = "", *args: Any, **kwargs: Any) -> None:
        self.logical_name = name
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.logical_name, *args], kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        return None if value is None else cipher.unseal(bytes(value), self.logical_name)

    def get_prep_value(self, value: Any) -> bytes | None:
        return None if value is None else cipher.seal(bytes(value), self.logical_name)
