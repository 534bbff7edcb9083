"""What a child's page shows: facts in groups, each sealed value as its mask with the way to the full one."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from children.ages import age_on
from children.code_tables import Assessment
from children.consent_page import consents_of
from children.left_behind import MCA2016, situation
from children.models import Child
from children.naming import masks_for, shown_name
from children.unmasking import VALUES, Opening, opening
from gansu_care.accounts.roles import Right
from gansu_care.pages.changes import Masks
from gansu_care.pages.record_forms import label_of, shown
from gansu_care.pages.wording import day


def child_page(child: Child, user: Any) -> dict[str, Any]:
    """Context of templates/children/detail.html."""
    today = timezone.localdate()
    parents = sorted(child.parents.prefetch_related("states"), key=lambda parent: parent.kind)
    open_states = [s for parent in parents for s in parent.states.all() if s.until is None]
    open_to = opening(user, child)
    counted = Child.objects.filter(pk=child.pk).left_behind_on(today).exists()
    return {
        "age": age_on(child.birth_date, today),
        "situation": situation(state.condition for state in open_states).label,
        "counts_as_left_behind": counted,
        "rule": MCA2016,
        "groups": _groups(child, user, open_to),
        "families": [_family(child, parent, user, open_to) for parent in parents],
        "carer": _carer_facts(child, user, open_to),
        "consents": consents_of(child, user),
        "episodes": child.episodes.all(),
        "grandparents": _grandparents(child, user),
        "merged_into": Child.objects.visible_to(user).filter(pk=child.merged_into_id).first(),
        "merged_from": Child.objects.visible_to(user).filter(merged_into=child).order_by("pk"),
        "may_write": user.may(Right.WRITE_CHILDREN),
        "may_see_readers": user.may(Right.SEE_READERS),
        "is_poor": child.assessment == Assessment.POOR,
    }


def _fact(child: Child, name: str, masks: Masks, open_to: Opening) -> dict[str, Any]:
    label = label_of(child, name)
    if name in masks and name in VALUES:
        return _sealed(child, name, label, open_to)
    return {"label": label, "value": masks.get(name, str)(shown(child, name))}


def _sealed(child: Child, value: str, label: str, open_to: Opening) -> dict[str, Any]:
    """A masked value with the way to the full one: opened with a reason, or asked for."""
    sealed = VALUES[value](child)
    mask = {"masked": sealed.masked if sealed else "", "name": label}
    if sealed and open_to.opens(value):
        mask["url"] = reverse("children:unmask", args=[child.number, value])
    elif sealed and open_to.asks(value):
        mask["ask_url"] = f"{reverse('children:unmask_ask', args=[child.number])}?value={value}"
    return {"label": label, "mask": mask}


def _groups(child: Child, user: Any, open_to: Opening) -> list[tuple[str, list[dict[str, Any]]]]:
    def facts(*names: str) -> list[dict[str, Any]]:
        return [_fact(child, name, masks, open_to) for name in names]

    masks = masks_for(user)

    def sealed(name: str) -> dict[str, Any]:
        return _sealed(child, name, label_of(child, name), open_to)

    residence = {
        "label": _("现居住地"),
        "value": f"{child.division.full_label} {child.village}".strip(),
        "wide": True,
    }
    return [
        (
            _("身份"),
            [*(facts("name") if "name" in masks else []), *facts("sex", "ethnic_group", "birth_date"),
             sealed("id_number"), *facts("household_registered"),
             *facts("former_name", "document_type", "household_type", "household_division"),
             sealed("household_address"), sealed("address"), residence],
        ),
        (
            _("就学"),
            facts("schooling", "school", "grade", "school_class", "boarder", "entered_stage_on", "school_roll"),
        ),
        (
            _("健康情况"),
            [*facts("health", "disability_types", "disability_grade", "disease"), sealed("disability_card")],
        ),
        (
            _("监护"),
            [*facts("guardianship_type", "assessed_on", "assessed_by", "both_away", "one_away_other_unable",
                    "unable_parent", "carer_entrusted", "written_notice", "village_contact"),
             sealed("village_contact_phone"), *facts("teacher_contact")],
        ),
        (_("家庭与帮扶"), facts("income_sources", "economic_status", "aid", "difficulty", "needs")),
        (
            _("登记"),
            facts("registered_on", "filled_by", "reviewed_by", "unit_head", "verified_on", "verified_how",
                  "upload_number", "remarks"),
        ),
    ]  # fmt: skip


def _family(child: Child, parent: Any, user: Any, open_to: Opening) -> dict[str, Any]:
    state = next((state for state in parent.states.all() if state.until is None), None)
    label = parent.get_kind_display()
    return {
        "label": label,
        "facts": [
            {"label": _("姓名"), "value": shown_name(parent.name, user)},
            {
                "label": _("状态"),
                "value": state.get_condition_display() if state else "",
                "sub": _("自 %(day)s") % {"day": day(state.since)} if state else "",
            },
            {"label": _("务工地点"), "value": state.work_place if state else ""},
            _sealed(child, f"{parent.kind}_phone", _("联系电话"), open_to),
            _sealed(child, f"{parent.kind}_id_number", _("身份证号"), open_to),
            {"label": _("联系频率"), "value": parent.get_contact_frequency_display()},
        ],
    }


def _carer_facts(child: Child, user: Any, open_to: Opening) -> list[dict[str, Any]]:
    held = next((carer for carer in child.carers.all() if carer.until is None), None)
    if held is None:
        return []
    return [
        {"label": _("姓名"), "value": shown_name(held.name, user)},
        {"label": _("与儿童关系"), "value": held.get_relation_display()},
        {"label": _("自"), "value": day(held.since)},
        _sealed(child, "carer_phone", _("联系电话"), open_to),
        _sealed(child, "carer_id_number", _("身份证号"), open_to),
        _sealed(child, "carer_address", _("住址"), open_to),
    ]


def _grandparents(child: Child, user: Any) -> list[dict[str, str]]:
    """Those of whom anything is said."""
    mask = masks_for(user).get("birth_date", str)
    return [
        {
            "relation": one.get_relation_display(),
            "name": shown_name(one.name, user),
            "born": mask(one.birth_date.isoformat()) if one.birth_date else "",
            "deceased": one.deceased,
        }
        for one in child.grandparents.order_by("relation")
        if one.name or one.birth_date or one.deceased
    ]
