"""How allauth behaves here: people are added by an administrator, never by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Closed(DefaultAccountAdapter):
    """Nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
