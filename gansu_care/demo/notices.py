"""The notice to guardians and the rules, as the program proposes them, published by the demo's administrator."""

from django.utils import timezone

from children.models import NoticeKind
from gansu_care.demo.accounts import account
from gansu_care.protection.forms import PublishForm

ADMINISTRATOR = "admin"


def publish_notices() -> None:
    for kind in NoticeKind:
        form = PublishForm(kind=kind, user=account(ADMINISTRATOR))
        data = {name: field.initial for name, field in form.fields.items()}
        sent = PublishForm(
            data | {"valid_from": timezone.localdate()}, kind=kind, user=account(ADMINISTRATOR)
        )
        assert sent.is_valid(), sent.errors
        sent.publish()
