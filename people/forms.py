"""Forms around signing in."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest

from people import record


class RequestPasswordResetForm(ResetPasswordForm):
    """Asks for an e-mail address, and never says whether somebody has it."""

    users: list[User]

    def clean_email(self) -> str:
        """Finds people by the address that an administrator gave them, and by no older one."""
        email = str(self.cleaned_data["email"])
        same = User.objects.filter(email__iexact=email, is_active=True)
        self.users = [
            user
            for user in same
            if user.email.lower() == email.lower() and user.has_usable_password()
        ]
        return email

    def save(self, request: HttpRequest, **options: Any) -> str:
        # An entry either way: writing one takes longer than not writing one.
        for name in [user.username for user in self.users] or [""]:
            record.note(None, "requested password reset", target=name)
        return str(super().save(request, **options))
