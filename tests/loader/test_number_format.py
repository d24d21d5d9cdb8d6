"""What a number format shows counts where it makes something else of the number, and never where that is a guess."""

import pytest

from leadsync.loader.workbook.number_format import is_date_format, number_format, shows_day


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("00000", 123, "00123"),
        ("00000", 1234567, "1234567"),
        ("00000", 0, "00000"),
        ("00000", -5, "-00005"),
        ("00000;(00000)", -5, "(00005)"),
        ("00000_);(00000)", 5, "00005"),
        ("0#", 5, "05"),
        ("000-00-0000", 123456789, "123-45-6789"),
        ("000\\-00\\-0000", 123456789, "123-45-6789"),
        ('000"."000"."000"-"00', 12345678901, "123.456.789-01"),
        ("00 00 00 00", 12345678, "12 34 56 78"),
        ("+45 00000000", 12345678, "+45 12345678"),
        ('"DK"00000', 12, "DK00012"),
        ('"DK"00000', -5, "-DK00005"),
        ("[$DK-406]00000", 12, "DK00012"),
        ("[Red]00000", 12, "00012"),
        ('"ID-"0', 7, "ID-7"),
        ('"#"0', 7, "#7"),
        ('0"-A"', 7, "7-A"),
        ("[<=9999999]###-####;(###) ###-####", 5551234, "555-1234"),
        ("[<=9999999]###-####;(###) ###-####", 5551234567, "(555) 123-4567"),
        ('"yes";"no";"unknown"', 1, "yes"),
        ('"yes";"no";"unknown"', -1, "no"),
        ('"yes";"no";"unknown"', 0, "unknown"),
        ('[=1]"yes";[=0]"no";0', 1, "yes"),
        ('#,##0.00;-#,##0.00;"free"', 0, "free"),
    ],
)
def test_a_form_with_leading_zeros_or_letters_is_the_text_that_it_shows(code: str, value: float, text: str) -> None:
    """It is no number any more."""
    shown = number_format(code)
    assert shown
    assert shown.text(value) == text
    assert shown.is_text
    assert not shown.is_number(value)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", 0.25, "25%"),
        ("0%", 0.255, "25.5%"),
        ("0.00%", 1, "100%"),
        ("0 %", 0.07, "7%"),
        ("0%;[Red]-0%", -0.5, "-50%"),
        ("0%;-0%;-", 0, "0%"),
        ("0%", 1 / 3, "33.3333333333333%"),
        ("0%", 1e-7, "0.00001%"),
        ("0%", 0, "0%"),
    ],
)
def test_a_percentage_has_all_of_its_digits_and_is_a_number(code: str, value: float, text: str) -> None:
    """Whatever decimals the format shows."""
    shown = number_format(code)
    assert shown
    assert shown.text(value) == text
    assert not shown.is_text
    assert shown.is_number(value)


def test_a_format_may_show_some_numbers_as_text_and_others_as_numbers() -> None:
    """Each by its part."""
    shown = number_format('#,##0.00;-#,##0.00;"free"')
    assert shown
    assert (shown.text(1.5), shown.is_number(1.5)) == ("1.5", True)
    assert (shown.text(0), shown.is_number(0)) == ("free", False)


@pytest.mark.parametrize(
    "code",
    [
        *("General", "0", "0.00", "#,##0", "#,##0.00", "@", "", "# ?/?", "0.00E+00", "##0.0E+0", "#", "?", "??0"),
        *('"kr" #,##0.00', '#,##0.00 "kr."', "[$kr-406] #,##0.00", "[$€-2] 0", "$0", "0 €", "$#,##0_);[Red]($#,##0)"),
        '_-* #,##0.00 "kr."_-;-* #,##0.00 "kr."_-;_-* "-"?? "kr."_-;_-@_-',
        *("0;-0;;@", "0;-0;-", '[=0]"";0', "[Red]0;[Blue]-0", "[>=100]0.0;0.00", "+0;-0;0", "(0)", "0,-"),
        *(
            '0" kg"',
            '0.0"x"',
            '0,"K"',
            "0.0,,",
            '0"."',
            "# ##0",
            "# ##0.00",
            "00.00",
            "0,000",
            "* 0",
            "0_)",
            'General" pcs"',
        ),
    ],
)
def test_currency_thousands_decimals_and_units_leave_the_number_what_it_is(code: str) -> None:
    """It is the number of the formula bar."""
    assert number_format(code) is None
    assert not is_date_format(code)


@pytest.mark.parametrize(
    ("code", "has_day"),
    [
        ("dd-mm-yyyy", True),
        ("[$-406]d. mmmm yyyy;@", True),
        ("yyyy-mm-dd hh:mm:ss", True),
        ("mmm", True),
        ("[$-409]h:mm AM/PM;@", False),
        ("[h]:mm", False),
        ("mm:ss.0", False),
        ("e", True),
    ],
)
def test_dates_are_left_to_what_reads_dates(code: str, has_day: bool) -> None:
    """They are no number formats; some show a day, others a time only."""
    assert is_date_format(code)
    assert number_format(code) is None
    assert shows_day(code) == has_day


@pytest.mark.parametrize(
    ("code", "value", "reason"),
    [
        ("00000", 1.5, "shows it rounded"),
        ("00000", 1e15, "needs more digits than the 15 that a number keeps"),
        (";;;", 1, "shows nothing of it"),
        ("0;", -1, "shows nothing of it"),
        ("###-####", 12, "has more places than it has digits"),
        ("[<100]00000;000-000", -5, "is too intricate to tell what the cell shows"),
        ('"<"0.0', 5, "is too intricate to tell what the cell shows"),
        ("0.0-0", 5, "is too intricate to tell what the cell shows"),
        ("0 kr", 5, "is too intricate to tell what the cell shows"),
        ('0"', 5, "is too intricate to tell what the cell shows"),
        ("000-00?", 5, "is too intricate to tell what the cell shows"),
        ("0;dd-mm-yyyy", -1, "is too intricate to tell what the cell shows"),
        ('"x"@', 5, "is too intricate to tell what the cell shows"),
        ("0" * 2000, 5, "is too intricate to tell what the cell shows"),
        ("[>5]000", 5, "is too intricate to tell what the cell shows"),
    ],
)
def test_what_cannot_be_told_with_certainty_is_refused(code: str, value: float, reason: str) -> None:
    """A rounded number, a hidden one, or a code that Excel would read in its own way."""
    shown = number_format(code)
    assert shown
    with pytest.raises(ValueError, match=f"^{reason}$"):
        shown.text(value)
