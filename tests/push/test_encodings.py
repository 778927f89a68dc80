"""Encodings: told where it is certain, asked for where it is not."""

import io
import pickle

import pytest

from push import encodings
from push.encodings import Undecided
from push.importing import say
from push.sentences import Unreadable


def names(text):
    return text.split()


CHINESE = names(
    "王小明 林怡君 陳志豪 張雅婷 李佩珊 黃俊傑 吳淑芬 蔡宗翰 楊惠雯 許家豪 鄭美玲 謝承恩 郭雅惠 "
    "洪志偉 邱怡萱 曾國華 廖婉婷 賴冠宇 徐靜怡 周建宏 葉淑娟 蘇柏翰 莊雅雯 江宗霖"
)
SIMPLIFIED = names(
    "刘德华 陈伟 张丽娟 李强 王芳 赵敏 黄磊 周杰 吴军 郑爽 孙红梅 马云峰 朱国庆 胡建华 林志玲 何静 "
    "高峰 罗永浩 梁文道 宋小宝 谢娜 韩红 唐嫣 冯小刚 于谦 董明珠 萧敬腾 程志远 曹国伟 袁隆平"
)
JAPANESE = names(
    "佐藤さくら 鈴木イチロー 高橋みなみ 田中まさひろ 伊藤ひろみ 渡辺ケン 山本たかし 中村ゆり "
    "小林さちこ 加藤あい 吉田しょうた 山田ハナコ 佐々木のぞみ"
)
LATIN = names("José Müller Åsa Søren Jürgen François Zoë Núñez Björk Renée") * 5


def table(rows, header="id,name"):
    lines = [f"{number},{name}" for number, name in enumerate(rows, 1)]
    return "\n".join([header, *lines, ""])


def choose(content, wanted=""):
    return encodings.choose(io.BytesIO(content), wanted)


def offered(content):
    with pytest.raises(Undecided) as caught:
        choose(content)
    return {each.name: each.samples for each in caught.value.candidates}


@pytest.mark.parametrize(
    ("content", "name", "samples"),
    [
        (b"id,name\n1,\xb3\xc2\xba\xe3\xb2\xa8\n2,\xc0\xee\xb9\xfa\xc7\xbf\n3,\xc1\xd6\xb7\xbc\n",
         "gb18030", ("陈恒波", "李国强", "林芳")),
        (b"id,name\n1,\xc5sa Ek\n2,\xc4ngla\n3,\xc5ke\n",
         "windows-1252", ("Åsa Ek", "Ängla", "Åke")),
        ("id,name\n1,さとう\n2,すずき\n".encode("euc_jp"), "euc-jp", ("さとう", "すずき")),
        (table(["王小明"]).encode("big5"), "big5", ("王小明",)),
        (table(["佐藤さくら"]).encode("cp932"), "shift_jis", ("佐藤さくら",)),
        (table(["José", "Müller"]).encode("latin-1"), "windows-1252", ("José", "Müller")),
        (table(["陈伟"]).encode("gb18030"), "gb18030", ("陈伟",)),
    ],
)  # fmt: skip
def test_few_names_are_offered_in_each_encoding(content, name, samples):
    assert offered(content)[name] == samples


@pytest.mark.parametrize(
    ("text", "codec", "found"),
    [
        (table(["王小明"]), "utf-8", ("utf-8-sig", "UTF-8")),
        (table(["王小明"]), "utf-8-sig", ("utf-8-sig", "UTF-8")),
        (table(["王小明"]), "utf-16", ("utf-16", "UTF-16")),
        (table(CHINESE), "cp950", ("cp950", "Big5")),
        (table(CHINESE * 20), "cp950", ("cp950", "Big5")),
        (table(JAPANESE), "cp932", ("cp932", "Shift_JIS")),
        (table(["王小明"], header="編號,姓名"), "cp950", ("cp950", "Big5")),
        (table(["王小明"], header="客戶名單\n編號,姓名"), "cp950", ("cp950", "Big5")),
        (table(["陈伟"], header="编号,姓名"), "gb18030", ("gb18030", "GB18030")),
    ],
)
def test_what_is_certain_is_not_asked(text, codec, found):
    assert choose(text.encode(codec)) == found


@pytest.mark.parametrize(
    ("rows", "codec"),
    [
        (SIMPLIFIED, "gb18030"),
        (CHINESE, "gb18030"),
        (JAPANESE, "euc_jp"),
        (LATIN, "cp1252"),
    ],
)
def test_many_names_are_never_taken_for_another_encoding(rows, codec):
    content = table(rows).encode(codec)

    try:
        chosen = choose(content)[0]
    except Undecided as error:
        chosen = choose(content, error.candidates[0].name)[0]

    assert chosen == codec


@pytest.mark.parametrize(
    ("wanted", "codec"),
    [
        ("big5", "cp950"), ("Big5", "cp950"), ("cp950", "cp950"), ("BIG5-HKSCS", "cp950"),
        ("gbk", "gb18030"), ("GB2312", "gb18030"), ("euc-jp", "euc_jp"), ("eucjp", "euc_jp"),
    ],
)  # fmt: skip
def test_an_encoding_is_taken_by_any_of_its_names(wanted, codec):
    content = table(["一"]).encode("big5" if codec == "cp950" else codec)

    assert choose(content, wanted)[0] == codec


def test_characters_of_hong_kong_are_read_as_big5():
    content = "編號,姓名\n1,陳峯嘅\n".encode("big5hkscs")

    assert choose(content) == ("big5hkscs", "Big5")


@pytest.mark.parametrize(
    ("content", "wanted", "said"),
    [
        (b"id,name\n", "klingon", "There is no encoding “klingon” here. There are: utf-8, utf-16, "
         "big5, gb18030, shift_jis, euc-jp, windows-1252."),
        (b"id,name\n1,\xff\n", "big5",
         "Line 2 cannot be read as Big5. Save the file as “CSV UTF-8”."),
        (b"\xef\xbb\xbfid,name\n1,\xff\n", "",
         "Line 2 cannot be read as UTF-8. Save the file as “CSV UTF-8”."),
        (b"id,name\n1,\x81\xff\x81\n", "",
         "The file is in none of the known encodings (line 2 cannot be read as UTF-8). "
         "Save it as “CSV UTF-8”."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content, wanted, said):
    with pytest.raises(Unreadable) as caught:
        choose(content, wanted)

    assert say(caught.value.sentence) == said


def test_the_candidates_are_said_in_one_line():
    with pytest.raises(Undecided) as caught:
        choose(b"id,name\n1,\xc4ngla\n")

    assert say(caught.value.sentence) == (
        "The file is not UTF-8, and it is too short to tell its encoding. "
        "It may be: big5 (瓏gla); windows-1252 (Ängla); gb18030 (膎gla); shift_jis (ﾄngla)."
    )


def test_the_candidates_pass_between_processes():
    with pytest.raises(Undecided) as caught:
        choose(b"id,name\n1,\xc4ngla\n")

    assert pickle.loads(pickle.dumps(caught.value.candidates)) == caught.value.candidates
