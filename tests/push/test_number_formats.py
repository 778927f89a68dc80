"""Numbers and dates as Excel shows them."""

from datetime import date, datetime, time, timedelta

import pytest

from push.number_formats import plain, show, show_moment

ACCOUNTING = '_-"$"* #,##0.00_-;-"$"* #,##0.00_-;_-"$"* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.30000000000000004, "General", "0.3"),
        (1e-7, "General", "0.0000001"),
        (123456789012345, "General", "123456789012345"),
        (3.0, "General", "3"),
        (5, "", "5"),
        (5, "@", "5"),
        (0.15, "0%", "15%"),
        (0.30000000000000004, "0.0%", "30.0%"),
        (912345678, "0000000000", "0912345678"),
        (912345678, "0000-000-000", "0912-345-678"),
        (912345678, "[<=9999999]###-####;(0##) ###-####", "(091) 234-5678"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234567, "#,##0", "1,234,567"),
        (12, "#,##0", "12"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (-0.001, "0.00", "0.00"),
        (1.5, "0.##", "1.5"),
        (1234.5, '"NT$"#,##0', "NT$1,235"),
        (1.5, "[$NT$-404]#,##0.00", "NT$1.50"),
        (-1234.5, ACCOUNTING, "-$1,234.50"),
        (0, ACCOUNTING, "$-"),
        (-1234, "#,##0_);[Red](#,##0)", "(1,234)"),
        (-3, "0;-0", "-3"),
        (-3, "0", "-3"),
        (5, '[<=9]"few";"many"', "few"),
        (12, 'General"元"', "12元"),
        (12345, "0.00E+00", "1.23E+04"),
        (1234567, '0.0,,"M"', "1.2M"),
        (1234567, "#,##0,", "1,235"),
        (0.5, "# ?/?", "0.5"),
        (3, "\\#0", "#3"),
        (886912345678, "+0", "+886912345678"),
    ],
)
def test_numbers_are_shown_by_their_format(value, code, shown):
    assert show(value, code) == shown


MOMENT = datetime(2026, 11, 29, 15, 5, 9)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (MOMENT, "General", "2026-11-29 15:05:09"),
        (MOMENT, "yyyy-mm-dd", "2026-11-29"),
        (MOMENT, "mm-dd-yy", "2026-11-29"),
        (MOMENT, "d/m/yyyy", "2026-11-29"),
        (MOMENT, "[$-F800]dddd, mmmm dd, yyyy", "2026-11-29"),
        (MOMENT, "yyyy/m/d h:mm", "2026-11-29 15:05"),
        (MOMENT, "yyyy/m/d h:mm:ss", "2026-11-29 15:05:09"),
        (datetime(2026, 11, 29), "yyyy/m/d h:mm", "2026-11-29"),
        (MOMENT, "[$-404]e/m/d", "115/11/29"),
        (MOMENT, '[$-404]gg e"年"m"月"d"日"', "民國 115年11月29日"),
        (MOMENT, '[$-411]ggge"年"m"月"d"日"', "2026-11-29"),
        (MOMENT, 'yyyy"年"m"月"d"日"', "2026年11月29日"),
        (MOMENT, 'm"月"d"日"', "11月29日"),
        (MOMENT, "m/d", "11/29"),
        (MOMENT, "mmm-yy", "Nov-26"),
        (MOMENT, "h:mm AM/PM", "3:05 PM"),
        (MOMENT, '[$-404]AM/PM h"時"mm"分"', "下午 3時05分"),
        (MOMENT, "aaaa", "星期日"),
        (date(2026, 1, 2), "yyyy/m/d", "2026-01-02"),
        (time(9, 5), "h:mm", "9:05"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
    ],
)
def test_dates_are_iso_unless_the_format_says_otherwise(value, code, shown):
    assert show_moment(value, code) == shown


@pytest.mark.parametrize(
    "code", [";;;", '"', "[", "\\", "0.0.0.0", "E+", "?" * 200, "[$-", "#" * 99]
)
def test_strange_formats_show_something(code):
    assert isinstance(show(1234.5, code), str)
    assert isinstance(show_moment(MOMENT, code), str)


def test_plain_numbers_have_the_digits_that_excel_keeps():
    assert [plain(1.1), plain(100), plain(1.234567890123457e18), plain(-0.1)] == [
        "1.1", "100", "1234567890123460000", "-0.1",
    ]  # fmt: skip
