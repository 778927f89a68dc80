"""A request as views get it behind the right that they ask for."""

from django.contrib.auth.models import User
from django.http import HttpRequest


class SignedIn(HttpRequest):
    """Of somebody who is signed in; `rights.required` and `login_required` see to that."""

    user: User
