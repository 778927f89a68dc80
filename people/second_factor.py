"""The second factor: who must have one, and keeping its secrets unreadable in the database."""

import base64
import logging
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, User
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

# Those that ask for something the person has; recovery codes only stand in for one.
KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
EVERYBODY = "all"
# What every encrypted text begins with, and no secret does.
MARK = "gAAAA"


class Adapter(DefaultMFAAdapter):
    """allauth's, with secrets encrypted by a key that is derived from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "unreadable_secret": _(
            "We cannot read the secret of your two-step verification. Ask an administrator."
        )
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return decrypt(encrypted_text)
        except InvalidToken:
            logger.error(
                "a two-step secret cannot be read: SECRET_KEY has changed, and the old key is"
                " not in SECRET_KEY_FALLBACKS"
            )
            raise self.validation_error("unreadable_secret") from None

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_required(authenticator.user)


def is_required(user: User) -> bool:
    names = settings.MFA_REQUIRED_FOR
    if not names:
        return False
    return EVERYBODY in names or user.groups.filter(name__in=names).exists()


def is_missing(user: User | AnonymousUser) -> bool:
    """Whether somebody must have a second factor and has none yet."""
    return user.is_authenticated and is_required(user) and not is_mfa_enabled(user, KINDS)


def is_named(group: Group) -> bool:
    """Whether MFA_REQUIRED_FOR names the group."""
    return group.name in settings.MFA_REQUIRED_FOR


def find_unknown_groups() -> list[str]:
    """Names in MFA_REQUIRED_FOR that are no group's."""
    names = [name for name in settings.MFA_REQUIRED_FOR if name != EVERYBODY]
    known = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
    return [name for name in names if name not in known]


def encrypt(text: str) -> str:
    return _cipher().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """Raises InvalidToken when none of the keys fits."""
    return _cipher().decrypt(text.encode()).decode()


def rotate(text: str) -> str:
    return _cipher().rotate(text.encode()).decode()


def rotate_all() -> None:
    """Encrypts every secret with the present key, so that an old one may go."""
    for authenticator in Authenticator.objects.all():
        change_secrets(authenticator, rotate)


def change_secrets(authenticator: Any, change: Callable[[str], str]) -> None:
    """Replaces each secret of an authenticator, also of a migration's, by what `change` gives."""
    data = dict(authenticator.data)
    for name in data.keys() & {"secret", "seed"}:
        data[name] = change(data[name])
    if "migrated_codes" in data:
        data["migrated_codes"] = [change(code) for code in data["migrated_codes"]]
    authenticator.data = data
    authenticator.save(update_fields=["data"])


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str) -> bytes:
    """A key of its own for this use: nothing signed with SECRET_KEY helps to find it."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"people.second_factor")
    return base64.urlsafe_b64encode(hkdf.derive(key.encode()))
