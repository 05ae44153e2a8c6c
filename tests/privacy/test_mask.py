import pytest

from daogou.privacy.mask import is_contact, is_contact_column, mask_contacts


@pytest.mark.parametrize("contact", ["jo@example.org", "jo.b+x@mail.example.co.uk", "+442079460958", "138 0013 8000"])
def test_a_contact_is_recognised(contact: str) -> None:
    assert is_contact(contact)


@pytest.mark.parametrize(
    "other", ["17850", "user-1", "a@b", "1586731606.1234567890", "GA1.2.123456789.1586731606", "12345678901"]
)
def test_an_ordinary_id_is_no_contact(other: str) -> None:
    assert not is_contact(other)


def test_only_the_contact_is_masked() -> None:
    assert mask_contacts("mug, red (2 pcs) for jo@example.org!") == "mug, red (2 pcs) for [email]!"
    assert mask_contacts("送到 13800138000 谢谢") == "送到 [phone] 谢谢"
    assert mask_contacts("EAN 4006381333931, 2026-11-21, 300 ml") == "EAN 4006381333931, 2026-11-21, 300 ml"


def test_contact_columns_are_known_in_both_languages() -> None:
    assert is_contact_column("email")
    assert is_contact_column("手机号")
    assert not is_contact_column("city")


def test_a_name_is_contact_data_only_in_a_table_of_people() -> None:
    assert is_contact_column("name", of_person=True)
    assert not is_contact_column("name")
