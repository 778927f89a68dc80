"""Marks words for translation without translating them: the pages do that."""


def gettext_noop(text: str) -> str:
    return text
