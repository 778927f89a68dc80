"""How allauth behaves here: administrators add people, attempts are limited, mail is optional."""

import ipaddress
import logging
from smtplib import SMTPException
from threading import Thread
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from people import devices

logger = logging.getLogger(__name__)


class Closed(DefaultAccountAdapter):
    """Nobody signs up, and nobody can use up a colleague's attempts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts attempts by name and browser, or by name and address where no browser is known.

        allauth counts by name alone, so five wrong passwords from anywhere would lock the owner
        out. The limit for each address, over all names, stays.
        """
        name = str(credentials.get("username", ""))
        source = devices.find(request, name) or _network(self.get_client_ip(request))
        super().pre_authenticate(request, username=f"{name}\n{source}")

    def post_login(self, request: HttpRequest, user: User, **how: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().post_login(request, user, **how)
        devices.remember(request, response, user.get_username())
        return response

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """To the address that the account has, not to one that only looks like it."""
        super().send_password_reset_mail(user, user.email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the background: how long it takes, or fails, must not tell that an address exists."""
        if settings.HAS_MAIL:
            named = {**context, "email": email, "site_name": settings.SITE_NAME}
            message = self.render_mail(template_prefix, email, named)
            Thread(target=_send, args=[message]).start()


def _network(address: str) -> str:
    """An IPv6 customer has a whole /64 to try from."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 6:
        return str(ipaddress.ip_network(f"{ip}/64", strict=False))
    return str(ip)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (OSError, SMTPException) as error:
        # Neither the text nor whom it is for: it holds a link that signs in.
        logger.error("a mail could not be sent: %s", type(error).__name__)
