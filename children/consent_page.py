"""What a child's page shows of her consents: the one that stands, those before it, and what may be done with them."""

from typing import Any

from django.urls import reverse

from children.models import Child, Consent
from children.naming import shown_name
from gansu_care.accounts.roles import Right
from gansu_care.pages.record_forms import shown
from gansu_care.pages.wording import day
from gansu_care.sealed.masks import mask_name


def consents_of(child: Child, user: Any) -> dict[str, Any]:
    """Context of templates/children/consents.html."""
    held: Any = child.consent
    earlier = child.consents.exclude(replaced_on=None).order_by("-pk")
    writes = user.may(Right.WRITE_CHILDREN) and not child.voided_on and not child.erased_on
    stands = held is not None and held.given and held.withdrawn_on is None
    return {
        "held": held,
        "facts": facts_of(held, user) if held else [],
        "earlier": [{"consent": one, "facts": facts_of(one, user)} for one in earlier],
        "scan_url": scan_url(child, held, user),
        "due": child.proof_due_on,
        "may_give": writes,
        "may_bring": writes and stands and not held.has_scan,
        "may_withdraw": writes and stands,
    }


def scan_url(child: Child, consent: Consent | None, user: Any) -> str:
    if consent is None or not consent.has_scan or child.is_restricted or not user.may(Right.UNMASK):
        return ""
    return reverse("children:consent_scan", args=[child.number, consent.pk])


def facts_of(consent: Consent, user: Any) -> list[dict[str, Any]]:
    """Names as this user may see them; of a restricted record masked for everybody."""

    def name_of(person: str) -> str:
        return mask_name(person) if consent.child.is_restricted else shown_name(person, user)

    def said(*names: str) -> list[dict[str, Any]]:
        return [{"label": _label(name), "value": shown(consent, name)} for name in names]

    dates = {
        "given_on": consent.given_on,
        "withdrawn_on": consent.withdrawn_on,
        "replaced_on": consent.replaced_on,
    }
    on = {
        name: {"label": _label(name), "value": day(value) if value else ""} for name, value in dates.items()
    }
    given_by = {"label": _label("given_by"), "value": name_of(consent.given_by)}
    facts = [*said("given"), given_by, *said("capacity", "verified_how"), on["given_on"], *said("scopes", "notice"),
             *said("paper_place", "has_scan")]  # fmt: skip
    if consent.withdrawn_on:
        by = {"label": _label("withdrawn_by"), "value": name_of(consent.withdrawn_by)}
        facts += [on["withdrawn_on"], by, *said("withdrawn_how")]
    return [*facts, on["replaced_on"]] if consent.replaced_on else facts


def _label(name: str) -> str:
    field: Any = Consent._meta.get_field(name)
    return str(field.verbose_name)
