"""What a part of a picture is called."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from composer import pictures
from composer.pictures import Box


@pytest.mark.django_db
def test_a_part_of_a_part_is_named_by_its_own_ratio_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = io.BytesIO()
    Image.new("RGB", (120, 80)).save(file, "PNG")
    whole = pictures.take(SimpleUploadedFile("2 : 1 coat.png", file.getvalue()), by=None)

    part = pictures.crop(whole, Box("1.51", 0, 0, 1), by=None)
    smaller = pictures.crop(part, Box("1", 0, 0, 0.5), by=None)

    assert [part.name, smaller.name] == ["2 : 1 coat 1.51 : 1", "2 : 1 coat 1 : 1"]
