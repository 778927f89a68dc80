"""Files of pictures, made on the spot, and how they are taken in."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from composer import pictures

RED, BLUE = (200, 30, 30), (30, 30, 200)


def picture(kind="JPEG", size=(60, 40), mode="RGB", colour=RED, **options):
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind, **options)
    return file.getvalue()


def noise(kind="PNG", size=(1600, 1600), mode="RGB"):
    file = io.BytesIO()
    channels = [Image.effect_noise(size, 90) for _ in mode]
    Image.merge(mode, channels).save(file, kind)
    return file.getvalue()


def upload(data, name="coat.jpg"):
    return SimpleUploadedFile(name, data)


def take(data, name="coat.jpg", by=None):
    return pictures.take(upload(data, name), by=by)


def opened(kept):
    with kept.file.open() as file:
        found = Image.open(io.BytesIO(file.read()))
    found.load()
    return found
