"""Read one user from a row or a request body: a pseudonym with attributes, never contact data."""

from __future__ import annotations

from collections.abc import Mapping

from daogou.core.types import Consent, User
from daogou.data.ingest import fields
from daogou.data.ingest.defaults import Defaults
from daogou.data.ingest.event_names import squeezed
from daogou.data.ingest.moments import read_moment_us
from daogou.privacy.consent import read_consent
from daogou.privacy.mask import is_contact_column, mask_contacts

USER_FIELDS = frozenset({"id", "attributes", "consent", "friends", "created_at"})


def parse_user(raw: Mapping[str, object], defaults: Defaults) -> User:
    """One user from its JSON shape.

    Attributes that announce contact data (email, phone, 手机号, …) are left out, contacts in other texts are masked.
    Raises InvalidField with the path, the value and what is allowed.
    """
    fields.only_known(raw, USER_FIELDS)
    allow = defaults.allow_contact_ids
    attributes, consent = raw.get("attributes"), raw.get("consent")
    friends, created_at = raw.get("friends"), raw.get("created_at")
    return User(
        id=fields.person(fields.required(raw, "id"), "id", allow_contacts=allow),
        attributes={} if attributes is None else _without_contacts(fields.attributes(attributes, "attributes")),
        consent=Consent() if consent is None else read_consent(fields.mapping(consent, "consent")),
        friends=tuple(
            fields.person(one, f"friends[{place}]", allow_contacts=allow)
            for place, one in enumerate(fields.sequence(friends, "friends", separators="|,"))
        )
        if friends is not None
        else (),
        created_at_us=None if created_at is None else read_moment_us(created_at, "created_at", defaults),
    )


def _without_contacts(attributes: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(mask_contacts(value) for value in values)
        for name, values in attributes.items()
        if not is_contact_column(squeezed(name), of_person=True)
    }
