"""What people call the two fields that every contact has, in headers and in placeholders."""

import re
import unicodedata

# Compared without case, width, spaces, dashes, underscores and characters that cannot be seen.
NAMES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "contactableid", "contactid", "編號", "識別碼", "聯絡人編號", "聯絡人識別碼",
        "聯絡人id", "编号", "识别码", "联系人编号",
    ),
    "name": (
        "name", "fullname", "displayname", "contactname", "姓名", "名稱", "名字", "顯示名稱",
        "客戶姓名", "聯絡人", "聯絡人姓名", "聯絡人名稱", "名称", "联系人", "联系人姓名",
    ),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
_BETWEEN = re.compile("[\\s_\\-\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


def field_of(title: str) -> str | None:
    """`id` or `name`; None for anything else."""
    return _FIELD_OF.get(normalize(title))


def normalize(title: str) -> str:
    """A header or a placeholder's name, as such words are compared."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", title)).casefold()
