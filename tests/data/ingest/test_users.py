import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Consent, User
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.users import parse_user


def test_a_whole_user_is_read() -> None:
    raw = {"id": "u1", "attributes": {"age_group": "30-39", "likes": ["tea", "books"]}, "friends": ["u2", 3],
           "consent": {"personalization": "denied", "analytics": "granted"}, "created_at": "2026-01-01"}  # fmt: skip
    assert parse_user(raw, Defaults()) == User(
        id="u1",
        attributes={"age_group": ("30-39",), "likes": ("tea", "books")},
        consent=Consent("denied", "granted"),
        friends=("u2", "3"),
        created_at_us=1_767_225_600_000_000,
    )


def test_contact_data_never_gets_in() -> None:
    attributes = {
        "E-Mail": "jo@example.org",
        "手机号": "13800138000",
        "note": "write to jo@example.org",
        "city": "Leeds",
    }
    assert parse_user({"id": "u1", "attributes": attributes}, Defaults()).attributes == {
        "note": ("write to [email]",),
        "city": ("Leeds",),
    }


@pytest.mark.parametrize(
    ("change", "field", "rule"),
    [
        ({"id": None}, "id", "required"),
        ({"id": "jo@example.org"}, "id", "contact_data"),
        ({"friends": ["jo@example.org"]}, "friends[0]", "contact_data"),
        ({"email": "jo@example.org"}, "email", "unknown_field"),
        ({"consent": {"personalisation": "denied"}}, "consent.personalisation", "unknown_field"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], field: str, rule: str) -> None:
    with pytest.raises(InvalidField) as caught:
        parse_user({"id": "u1", **change}, Defaults())
    assert (caught.value.field, caught.value.rule) == (field, rule)
