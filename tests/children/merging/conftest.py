"""The record that is merged away, and the one that stays."""

import pytest

from children.models import Child
from tests.children.merging.twins import ID_NUMBER, twin


@pytest.fixture
def losing() -> Child:
    return twin(id_number=ID_NUMBER, school="洮阳小学", village="南门村")


@pytest.fixture
def staying() -> Child:
    return twin(name="王晓满", village="北门村")
