"""What people call the two fields that every contact has, in headers and in placeholders."""

import re

# Compared without case, spaces, dashes and underscores.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "contactableid", "contactid", "編號", "識別碼", "聯絡人編號", "聯絡人識別碼"),
    "name": ("name", "姓名", "名稱", "客戶姓名", "聯絡人", "聯絡人姓名", "聯絡人名稱"),
}
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
_BETWEEN = re.compile(r"[\s_\-]+")


def field_of(title: str) -> str | None:
    """`id` or `name`; None for anything else."""
    return _FIELD_OF.get(normalize(title))


def normalize(title: str) -> str:
    """A header or a placeholder's name, as such words are compared."""
    return _BETWEEN.sub("", title).casefold()
