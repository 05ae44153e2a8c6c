import pytest

from daogou.core.errors import InvalidField
from daogou.core.types import Consent
from daogou.privacy.consent import read_consent


def test_our_words_and_ga4s_words_mean_the_same() -> None:
    assert read_consent({"personalization": "denied"}) == Consent("denied", "granted")
    assert read_consent({"personalization_storage": "denied", "analytics_storage": "denied"}) == Consent(
        "denied", "denied"
    )
    assert read_consent({"ad_storage": "denied"}) == Consent()


def test_one_refusal_among_several_words_is_a_refusal() -> None:
    assert (
        read_consent({"personalization_storage": "denied", "ad_personalization": "granted"}).personalization == "denied"
    )
    assert (
        read_consent({"personalization_storage": "granted", "ad_personalization": "denied"}).personalization == "denied"
    )


def test_an_unreadable_answer_is_never_taken_as_a_yes() -> None:
    with pytest.raises(InvalidField, match="granted or denied"):
        read_consent({"personalization": "maybe"})
