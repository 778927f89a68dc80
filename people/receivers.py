"""Sign-ins and sign-outs go into the record, and every migration gives the groups their rights.

Signals, because Django and allauth offer no other hook that the product's own sign-in page and
the admin's both pass through; nor one for what is right only once all tables are.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.http import HttpRequest

from people import append_only, groups, middleware, record


@receiver(user_logged_in)
def note_sign_in(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    record.note(user, "signed in", address=_address(request))
    if request is not None:
        now = int(time.time())
        request.session.update({middleware.SIGNED_IN_AT: now, middleware.ACTIVE_AT: now})


@receiver(user_logged_out)
def note_sign_out(user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record.note(user, "signed out")


@receiver(user_login_failed)
def note_failure(
    credentials: Mapping[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Names only people we know: a stranger's typing may be a password in the wrong box."""
    name = str(credentials.get("username", ""))
    is_known = "\0" not in name and User.objects.filter(username=name).exists()
    target = name if is_known else ""
    record.note(None, "sign-in failed", target=target, address=_address(request))


@receiver(authentication_failed)
def note_second_factor_failure(
    user: User, request: HttpRequest | None = None, **kwargs: Any
) -> None:
    target = user.get_username()
    record.note(None, "second factor failed", target=target, address=_address(request))


@receiver(authenticator_added)
def note_second_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    is_codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    verb = "created backup codes" if is_codes else "turned on second factor"
    record.note(user, verb)


@receiver(authenticator_removed)
def note_no_second_factor(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    # Its backup codes go along.
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record.note(user, "turned off second factor")


@receiver(authenticator_reset)
def note_new_codes(user: User, **kwargs: Any) -> None:
    record.note(user, "created backup codes")


@receiver(password_changed)
@receiver(password_set)
def note_password_change(user: User, **kwargs: Any) -> None:
    record.note(user, "changed own password")


@receiver(password_reset)
def note_password_reset(user: User, request: HttpRequest | None = None, **kwargs: Any) -> None:
    record.note(user, "reset own password", address=_address(request))


def _address(request: HttpRequest | None) -> str:
    """Where it came from, as the last of our proxies saw it; empty where nobody knows."""
    address = "" if request is None else get_client_ip(request)
    return str(address or "")


@receiver(post_migrate, sender=installed.get_app_config("people"))
def give_rights(apps: Apps = installed, **kwargs: Any) -> None:
    """A right that the product has gained reaches the groups that are there already.

    And the tables that only grow have their triggers, whatever the migrations did to them.
    """
    # Nothing to give them in where somebody migrates only a part.
    with suppress(LookupError):
        groups.ensure(apps)
        append_only.install(connection)
