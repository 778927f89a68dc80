"""What somebody may do, found by one question: every key in the composer asks for a right."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db import connection

# Of the person's own and of their groups. Django asks for these one after the other, and puts
# both questions together anew each time, which takes longer than their answers.
RIGHTS = """
SELECT kind.app_label, permission.codename
FROM auth_permission permission
JOIN django_content_type kind ON kind.id = permission.content_type_id
WHERE permission.id IN (
    SELECT permission_id FROM auth_user_user_permissions WHERE user_id = %(person)s
    UNION
    SELECT granted.permission_id
    FROM auth_user_groups membership
    JOIN auth_group_permissions granted ON granted.group_id = membership.group_id
    WHERE membership.user_id = %(person)s
)
"""


class Backend(ModelBackend):
    """Django's own, but for how the rights of a group's member are found."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        is_member = obj is None and user_obj.is_active and not user_obj.is_superuser
        if is_member and not hasattr(user_obj, "_perm_cache"):
            # Where Django keeps them too, for as long as the request lasts.
            user_obj._perm_cache = _rights(user_obj.pk)
        return super().get_all_permissions(user_obj, obj)


def _rights(person: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS, {"person": person})
        return {f"{app}.{name}" for app, name in cursor.fetchall()}
