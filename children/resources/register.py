"""Episodes, consent, status and search keys of many children: attached when read, written in bulk.

A new child begins an episode on her 登记日期. 退出日期 and 退出原因 end the open one; a later 登记日期 of a child who had
left begins the next. Without sufficient consent (the row's own, or the one declared for the whole upload) a child is
a draft: listed, correctable, in no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from children.code_tables import ConsentCapacity, register_only
from children.facts import name_keys_of, proof_due_of, status_of
from children.models import Consent, Episode, NameKey
from gansu_care.spreadsheets.bulk import among, blank
from gansu_care.spreadsheets.declaration import Values
from gansu_care.spreadsheets.stored_rows import ABSENT, stored_rows
from gansu_care.spreadsheets.writing_rows import Batch, Ledger

CONSENT_FIELDS = {
    "consent_given": "given",
    "consent_by": "given_by",
    "consent_capacity": "capacity",
    "consent_on": "given_on",
    "consent_paper": "paper_place",
}
PAPERS_READ = frozenset(("episode", "held_consent"))
"""Under these names a child has them when she is read."""


# --- read


def attach(children: dict[int, Any], named: AbstractSet[str], *, lock: bool) -> None:
    """Give each child her latest episode and her consent, if they are named."""
    for child in children.values():
        child.episode = child.held_consent = ABSENT
    if "episode" in named:
        episodes = Episode.objects.filter(child__in=among(children)).order_by("child", "episode_no")
        for episode in stored_rows(episodes, lock=lock):
            children[episode.child_id].episode = episode
    if "held_consent" in named:
        for consent in stored_rows(Consent.objects.standing().filter(child__in=among(children)), lock=lock):
            children[consent.child_id].held_consent = consent


# --- what a row makes of a child


def settle_record(child: Any, values: Values, today: date) -> None:
    """Put consent, episode and status of the row on the child, before she is written."""
    child.next_consent = _consent(child, values)
    child.next_episode = _episode(child, values)
    open_episode = child.next_episode is not ABSENT and child.next_episode.ended_on is None
    consent = None if child.next_consent is ABSENT else child.next_consent
    child.status = status_of(consent, open_episode)
    child.proof_due_on = proof_due_of(child, consent, today)


def _consent(child: Any, values: Values) -> Any:
    held = getattr(child, "held_consent", ABSENT)
    said = {field: values[name] for name, field in CONSENT_FIELDS.items() if name in values}
    if not said:
        return held
    consent = blank(Consent, given=False, scopes=register_only()) if held is ABSENT else held
    for field, value in said.items():
        setattr(consent, field, value if value is not None else "")
    if consent.given and not consent.capacity and consent.given_by in _parents(child, values):
        consent.capacity = ConsentCapacity.PARENT
    return consent


def _parents(child: Any, values: Values) -> set[Any]:
    names = {
        values.get(f"{kind}_name", getattr(getattr(child, kind, ABSENT), "name", None))
        for kind in ("father", "mother")
    }
    return names - {None, ""}


def _episode(child: Any, values: Values) -> Any:
    held = getattr(child, "episode", ABSENT)
    begun, ended = values.get("registered_on"), values.get("ended_on")
    if held is ABSENT:
        held = blank(Episode, episode_no=1, registered_on=child.registered_on)
    elif begun and held.ended_on and begun > held.ended_on and ended != held.ended_on:
        held = blank(Episode, episode_no=held.episode_no + 1, registered_on=begun)
    elif begun and held.ended_on is None:
        held.registered_on = begun
    if ended:
        held.ended_on, held.reason = ended, values.get("end_reason") or held.reason
    elif values.get("end_reason") and held.ended_on:
        held.reason = values["end_reason"]
    return held


# --- write


def write(added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
    episodes, consents = Ledger(Episode, batch), Ledger(Consent, batch)
    for child in [*added, *changed]:
        for part, ledger in ((child.next_episode, episodes), (child.next_consent, consents)):
            if part is ABSENT:
                continue
            part.child_id = child.pk
            (ledger.add if part.pk is None else ledger.touch)(part)
    episodes.write()
    consents.write()
    _write_name_keys(added, changed, batch)


def _write_name_keys(added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
    moved = [child for child in changed if batch.values_of[child.pk].keys() & {"name", "division"}]
    if moved:
        NameKey.objects.filter(child__in=among([child.pk for child in moved])).delete()
    keys = Ledger(NameKey, batch)
    for child in [*added, *moved]:
        for key in name_keys_of(child):
            keys.add(key)
    keys.write(with_history=False)
