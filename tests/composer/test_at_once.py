"""Two people at the same name in the same moment: both get what they asked for."""

import json

import pytest

HOMES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.homes)]
# So many threads do the same at the same moment, each on a connection of its own.
TOGETHER = """
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from django.db import connection
from composer import exchange, kinds, library
from composer.incoming import Entry
said = kinds.read({"type": "text", "message": "嗨"})
barrier = Barrier(4)
def together(deed):
    def one(number):
        try:
            barrier.wait()
            return deed()
        finally:
            connection.close()
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(one, range(4)))
"""


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_duplicates_made_at_once_get_a_name_each(home):
    found = home.python(
        TOGETHER + "template = library.create(name='歡迎', message=said).template\n"
        "copies = together(lambda: library.duplicate(template, by=None).template.name)\n"
        "print(json.dumps(sorted(copies)))"
    )

    assert len(set(json.loads(found))) == 4


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_the_same_file_imported_at_once_is_one_template(home):
    found = home.python(
        TOGETHER + "entry = Entry('招呼', said)\n"
        "counts = together(lambda: exchange.take([entry]))\n"
        "print(json.dumps([sum(each[key] for each in counts) for key in counts[0]]))"
    )

    assert json.loads(found) == [1, 0, 3]


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_what_is_published_while_somebody_saves_it_is_fit(home):
    found = home.python(
        TOGETHER + "blank = kinds.read({'type': 'text', 'message': ''})\n"
        "def attempt(deed, **how):\n"
        "    try:\n"
        "        deed(template, **how, by=None)\n"
        "    except (library.Unfit, library.Stale):\n"
        "        pass\n"
        "found = []\n"
        "for number in range(10):\n"
        "    template = library.create(name=f'{number}', message=said).template\n"
        "    save = lambda: attempt(library.save_version, message=blank, expected=1)\n"
        "    deeds = [save, lambda: attempt(library.publish)] * 2\n"
        "    together(lambda: deeds.pop()())\n"
        "    template.refresh_from_db()\n"
        "    found.append((template.state, template.latest.number))\n"
        "print(json.dumps(found))"
    )

    assert {tuple(each) for each in json.loads(found)} <= {("draft", 2), ("published", 1)}


@pytest.mark.parametrize("home", HOMES, indirect=True)
def test_the_same_picture_taken_at_once_is_kept_once(home):
    found = home.python(
        TOGETHER + "import io\n"
        "from django.core.files.storage import default_storage\n"
        "from django.core.files.uploadedfile import SimpleUploadedFile\n"
        "from PIL import Image\n"
        "from composer import pictures\n"
        "file = io.BytesIO()\n"
        "Image.new('RGB', (2000, 2000)).save(file, 'PNG')\n"
        "upload = lambda: SimpleUploadedFile('coat.png', file.getvalue())\n"
        "taken = together(lambda: pictures.take(upload(), by=None).pk)\n"
        "print(json.dumps([len(set(taken)), len(default_storage.listdir('pictures')[1])]))"
    )

    assert json.loads(found) == [1, 2]
