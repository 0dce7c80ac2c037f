"""The one grammar of lengths, times of day, dates and ranges, wherever they are typed.

The command line, the windows and the settings read by it; ../entries and local_time turn what it
returns into instants. It reads English, Russian and Japanese, whatever language is shown.

A length:       1h30m  1h30  1:30  :30  1.5h  1.5  1,5  .5h  90  90m  1ч 30м  1時間半  полтора часа
A time of day:  9  9am  930  9:30  9.30  9h30  9時半  午後3時  9 утра  noon, and 24:00 as an end
A date:         2026-11-22  2026/11/22  22.11.2026  22.11.  11/22  11月22日  22 Nov  yesterday  Mon
A range:        9-10:30  9:00–17:30  9時〜10時  from 9 to 10

A bare whole number is minutes where a length is asked for, hours where a time of day is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from fractions import Fraction

from timer_app.domain.errors import BadInput
from timer_app.domain.messages import TimeMessageId
from timer_app.domain.setup.typed_text import normalize_typed


class NotRead(BadInput):
    """A text that the grammar does not know."""


class UnusableDate(BadInput):
    """A text that has the form of a date: it may be two, or is not of the weekday beside it."""


DAY_SECONDS = 24 * 3600
MAX_LENGTH = timedelta(days=366)
_MOST_LETTERS = 100
_DAYS, _HOURS, _MINUTES, _SECONDS = 86400, 3600, 60, 1


def _names(meanings: Mapping[int, str]) -> dict[str, int]:
    """A dictionary from each word to its meaning."""
    return {word: meaning for meaning, words in meanings.items() for word in words.split()}


_UNITS = _names({
    _DAYS: "d day days д дн день дня дней сутки суток 日 日間",
    _HOURS: "h hr hrs hour hours ч час часа часов часу 時間",
    _MINUTES: "m min mins minute minutes м мин минут минута минуты минуту 分 分間",
    _SECONDS: "s sec secs second seconds с сек секунд секунда секунды секунду 秒 秒間",
})  # fmt: skip
_ALONE = frozenset(
    ["day", "hour", "minute", "second", "сутки", "час", "минута", "минуту", "секунда", "секунду"]
)
"""Units that mean one of it where no number stands before them."""
_HALVES = frozenset(["half", "пол", "половина", "половиной", "半"])
_QUARTERS = frozenset(["quarter", "quarters", "четверть", "четверти", "четвертью"])
_ARTICLES = frozenset(["a", "an", "of", "the"])
_JOINERS = frozenset(["and", "и", "с", "と"])
_NUMBERS: dict[str, int | Fraction] = {
    **_names({
        1: "one один одна одну", 2: "two два две", 3: "three три", 4: "four четыре",
        5: "five пять", 6: "six шесть", 7: "seven семь", 8: "eight восемь", 9: "nine девять",
        10: "ten десять", 11: "eleven одиннадцать", 12: "twelve двенадцать",
        15: "fifteen пятнадцать", 20: "twenty двадцать", 30: "thirty тридцать",
        40: "forty сорок", 50: "fifty пятьдесят",
    }),
    "полтора": Fraction(3, 2), "полторы": Fraction(3, 2),
}  # fmt: skip
_GLUED = re.compile(r"\bпол(?=час|минут)")
_LENGTH_WORD = re.compile(
    r"[0-9]+(?:[.,][0-9]+)?|(?<![^\W\d_])[.,][0-9]+|時間|分間?|秒間?|日間?|半|と|[a-zа-яё]+"
)
_BETWEEN_WORDS = re.compile(r"[\s.,&]*")
_HYPHEN = re.compile(r"(?<=[a-zа-яё])-(?=[a-zа-яё])")
_CLOCK_LENGTH = re.compile(
    r"([0-9]{0,4}):([0-5][0-9])(?::([0-5][0-9]))?\s*(?:h|hr|hrs|hours?|ч|час|часа|часов|時間)?\.?"
)
_MINUTES_OR_DECIMALS = re.compile(r"([0-9]{0,2})[.,]([0-5][0-9])")
_DECIMAL = re.compile(r"[0-9]*[.,][0-9]+")
_ISO_LENGTH = re.compile(r"p((?:[0-9]+d)?)(?:t((?:[0-9.,]+[hms])+))?")

_HOUR = r"(?P<hour>[01]?[0-9]|2[0-4])"
_MINUTE = r"(?P<minute>[0-5][0-9])"
_HALF_OF_DAY = r"(?P<half>[ap]\.?\s?m\.?|[ap]|утра|дня|вечера|ночи)"
_CLOCKS = (
    re.compile(rf"{_HOUR}(?:[:.h時]{_MINUTE}(?::(?P<second>[0-5][0-9]))?)?\s*{_HALF_OF_DAY}?"),
    re.compile(rf"{_HOUR}{_MINUTE}\s*{_HALF_OF_DAY}?"),
    re.compile(rf"{_HOUR}\s?[hч]\.?(?:\s?{_MINUTE}(?:\s?(?:m|min|м|мин)\.?)?)?"),
    re.compile(
        rf"(?P<half>午前|午後|朝|夜|am|pm)?\s?{_HOUR}(?:\s?[時点](?:\s?(?P<minute>[0-5]?[0-9])\s?分?"
        r"(?:\s?(?P<second>[0-5]?[0-9])\s?秒)?|(?P<half_past>半))?|:(?P<minute2>[0-5][0-9]))"
    ),
    re.compile(rf"(?P<half>午前|午後|am|pm)\s?{_HOUR}"),
    re.compile(
        rf"{_HOUR}\s(?:час|часа|часов)(?:\s(?P<minute>[0-5]?[0-9])(?:\s?м(?:ин|инут[аы]?)?\.?)?)?"
        r"(?:\s(?P<half>утра|дня|вечера|ночи))?"
    ),
)  # fmt: skip
_CLOCK_WORDS = {
    "noon": 12 * _HOURS, "midday": 12 * _HOURS, "полдень": 12 * _HOURS, "正午": 12 * _HOURS,
    "midnight": 0, "полночь": 0, "真夜中": 0,
}  # fmt: skip
_BEFORE_A_CLOCK = re.compile(r"^(?:at|в|@)\s+")
_HOURS_ADDED: dict[str, dict[int, int]] = {
    "утра": dict.fromkeys(range(1, 12), 0),
    "дня": dict.fromkeys(range(1, 7), 12) | {11: 0, 12: 0},
    "вечера": dict.fromkeys(range(4, 12), 12),
    "ночи": dict.fromkeys(range(1, 6), 0) | dict.fromkeys(range(9, 12), 12) | {12: -12},
    "朝": dict.fromkeys(range(1, 12), 0),
    "夜": dict.fromkeys(range(5, 12), 12),
    "a": dict.fromkeys(range(1, 12), 0) | {12: -12},
    "p": dict.fromkeys(range(1, 12), 12) | {12: 0},
    "午前": dict.fromkeys(range(12), 0),
    "午後": dict.fromkeys(range(12), 12),
}
"""What a half of the day adds to the hours that can be in it: 12 am is midnight, 12 pm is noon.

午前12時 and 午後12時 are noon to some and midnight to others, so they are neither.
"""

_DAYS_BACK = _names({
    0: "today сегодня 今日 きょう 本日",
    1: "yesterday вчера 昨日 きのう",
    2: "позавчера 一昨日 おととい",
})  # fmt: skip
WEEKDAYS = _names({
    0: "mon monday пн понедельник 月 月曜 月曜日",
    1: "tue tues tuesday вт вторник 火 火曜 火曜日",
    2: "wed wednesday ср среда среду 水 水曜 水曜日",
    3: "thu thur thurs thursday чт четверг 木 木曜 木曜日",
    4: "fri friday пт пятница пятницу 金 金曜 金曜日",
    5: "sat saturday сб суббота субботу 土 土曜 土曜日",
    6: "sun sunday вс воскресенье 日 日曜 日曜日",
})  # fmt: skip
"""Names of weekdays, casefolded, and their numbers; 0 is Monday."""
_MONTHS = (
    "jan янв", "feb фев", "mar мар", "apr апр", "may май мая", "jun июн", "jul июл", "aug авг",
    "sep сен", "oct окт", "nov ноя", "dec дек",
)  # fmt: skip
_MONTH_BEGINNINGS = {
    begin: number for number, row in enumerate(_MONTHS, 1) for begin in row.split()
}
_WHOLE_MONTHS = (
    "january february march april may june july august september october november december sept"
    " январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
    " января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
_YEAR, _MONTH, _DAY = "(?P<year>[0-9]{4})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_NUMBERED_DATES = (
    re.compile(rf"{_YEAR}(?P<sign>[-/.])\s?{_MONTH}(?P=sign)\s?{_DAY}\.?"),
    re.compile(rf"{_DAY}(?P<sign>[.-])\s?{_MONTH}(?P=sign)\s?(?P<year>[0-9]{{4}})"),
    re.compile(rf"{_DAY}\.\s?{_MONTH}\.\s?(?P<year>[0-9]{{2}})"),
    re.compile(rf"{_DAY}\.{_MONTH}\.?(?P<year>)"),
    re.compile(rf"(?:{_YEAR}年\s?)?{_MONTH}月\s?{_DAY}日"),
)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}))?")
_TWO_DIGITS_EACH = re.compile(r"([0-9]{1,2})-\s?([0-9]{1,2})-\s?([0-9]{2})")
_DAY_MONTH_WORD = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?(?:\sof\s|[\s-])?([a-zа-я]+)\.?,?"
    r"(?:[\s-]([0-9]{4})(?:\sг\.?|\sгода)?)?"
)
_MONTH_WORD_DAY = re.compile(r"([a-z]+)\.?\s?([0-9]{1,2})(?:st|nd|rd|th)?,?(?:\s([0-9]{4}))?")
_BEFORE_A_DATE = re.compile(r"^(?:on|в|во|last)\s+")
_WEEKDAY_NAMES = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
_WITH_WEEKDAY = (
    re.compile(rf"(?P<weekday>{_WEEKDAY_NAMES})(?:[.,]+\s?|\s)(?P<date>.*[0-9].*)"),
    re.compile(rf"(?P<date>.*[0-9].*?)(?:,?\s|\s?(?=\())\(?(?P<weekday>{_WEEKDAY_NAMES})\.?\)?"),
    re.compile(r"(?P<date>.*[0-9]日)\s?(?P<weekday>[月火水木金土日](?:曜日?)?)"),
)
"""A date with its weekday before or behind it."""

_BEFORE_A_RANGE = re.compile(r"^(?:from|с)\s+")
_RANGE_SIGN = re.compile(r"\s*(?:-|~|\.{2,3}|→|\bto\b|\buntil\b|\btill\b|\bдо\b|\bпо\b|から)\s*")
_LATIN_HALF = re.compile(r"[ap]\.?m\.?$")
_DATE_SIGN = re.compile(r"\s*の\s*|(?<=[日)])\s*|(?<=[0-9])t(?=[0-9])|,?\s+")
"""Where a date may end and a time of day begin."""
_ANY_DAY = date(2000, 1, 3)
_KANJI_DIGITS = {letter: number for number, letter in enumerate("〇一二三四五六七八九")}
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十]+(?=\s?[時分秒月日])")


def parse_duration(text: str, bare: timedelta = timedelta(minutes=1)) -> timedelta:
    """A length, of whole seconds, more than none and at most a year. Raises BadInput.

    `bare` is what a whole number without a unit counts; one with a decimal point counts hours.
    """
    typed = _plain(text)
    if _DECIMAL.fullmatch(typed) and _fraction(typed) > 24:
        raise BadInput(TimeMessageId.AMBIGUOUS_LENGTH, text, typed, typed)
    if match := _MINUTES_OR_DECIMALS.fullmatch(typed):
        _refuse_two_readings(typed, int(match[1] or 0), match[2], text)
    if typed.isascii() and typed.isdigit():
        seconds: Fraction | None = Fraction(typed) * (bare // timedelta(seconds=1))
    else:
        seconds = _length_seconds(typed) if typed else None
    if seconds is None:
        raise NotRead(TimeMessageId.NOT_A_LENGTH, text)
    if not 0 < round(seconds) <= MAX_LENGTH.total_seconds():
        raise BadInput(TimeMessageId.LENGTH_OUT_OF_RANGE, text)
    return timedelta(seconds=round(seconds))


def _refuse_two_readings(typed: str, hours: int, minutes: str, text: str) -> None:
    """Raise BadInput for 1.30, which is 1:30 to some and 1.3 hours to others.

    Quarters of an hour, as 1.25 and 0,50, are what decimals are used for.
    """
    is_quarter = int(minutes) % 25 == 0
    if not is_quarter and _fraction(typed) * 60 != hours * 60 + int(minutes):
        in_hours = f"{float(_fraction(typed)):g}h"
        raise BadInput(TimeMessageId.TWO_LENGTHS, text, f"{hours}:{minutes}", in_hours)


def parse_time_of_day(text: str) -> time:
    """A wall-clock time of whole minutes, such as `9:30` or `4` for 4:00. Raises BadInput."""
    seconds = clock_seconds(text)
    if seconds is None or seconds == DAY_SECONDS or seconds % 60:
        raise BadInput(TimeMessageId.NOT_A_TIME_OF_DAY, text)
    return time(seconds // 3600, seconds // 60 % 60)


def parse_date(text: str, today: date) -> date:
    """A date; without its year the one nearest to today, a weekday the latest. Raises BadInput.

    11/12 may be two dates: that is refused, with both. So is a weekday that is not the date's.
    """
    typed, weekday = _split_weekday(_BEFORE_A_DATE.sub("", _plain(text)))
    try:
        found = _date(typed, today, text)
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadInput):
            raise
        found = None
    if found is None:
        raise NotRead(TimeMessageId.NOT_A_DATE, text)
    if weekday not in (None, found.weekday()):
        raise UnusableDate(TimeMessageId.WEEKDAY_DISAGREES, text, found.isoformat())
    return found


def clock_seconds(text: str) -> int | None:
    """A time of day as seconds after midnight, 86400 for 24:00; None for what is none."""
    typed = _BEFORE_A_CLOCK.sub("", _plain(text))
    if typed in _CLOCK_WORDS:
        return _CLOCK_WORDS[typed]
    match = next((found for each in _CLOCKS if (found := each.fullmatch(typed))), None)
    if match is None:
        return None
    parts = match.groupdict()
    hour, half = int(parts["hour"]), parts.get("half")
    minute = 30 if parts.get("half_past") else int(parts.get("minute") or parts.get("minute2") or 0)
    if half:
        added = _HOURS_ADDED[half if half in _HOURS_ADDED else half[0]].get(hour)
        if added is None:
            return None
        hour += added
    seconds = hour * _HOURS + minute * _MINUTES + int(parts.get("second") or 0)
    return seconds if seconds <= DAY_SECONDS else None


def split_range(text: str) -> tuple[str, str] | None:
    """The beginning and the end of a range such as `9-10:30`; None for what is no range.

    The beginning may have its date, `yesterday 9-10:30`; the end is a time of day.
    """
    typed = _BEFORE_A_RANGE.sub("", _plain(text)).removesuffix("まで").rstrip()
    for between in _RANGE_SIGN.finditer(typed):
        begin, end = typed[: between.start()].rstrip(), typed[between.end() :].lstrip()
        ends = clock_seconds(end)
        if ends is None or not begin:
            continue
        if half := _LATIN_HALF.search(end):  # 1-3pm is 13:00 to 15:00
            begins = clock_seconds(f"{begin}{half[0]}")
            begin += half[0] if begins is not None and begins < ends else ""
        if clock_seconds(begin) is not None or split_date_and_clock(begin) is not None:
            return begin, end
    return None


def split_date_and_clock(text: str) -> tuple[str, str] | None:
    """The date and the time of day of a text that holds both, in either order, as typed."""
    typed = _plain(text)
    for between in _DATE_SIGN.finditer(typed):
        first, second = typed[: between.start()].rstrip(" ,"), typed[between.end() :].lstrip()
        for day, clock in ((first, second), (second, first)):
            if clock_seconds(clock) is not None and looks_like_date(day):
                return day, clock
    return None


def looks_like_date(typed: str) -> bool:
    """Whether a text has the form of a date, be it a usable one or not."""
    try:
        parse_date(typed, _ANY_DAY)
    except UnusableDate:
        return True
    except BadInput:
        return False
    return True


def _plain(text: str) -> str:
    """What is read: casefolded, at most 100 characters; "" for more, which are nothing of ours."""
    if len(text) > 4 * _MOST_LETTERS:
        return ""
    typed = normalize_typed(text).casefold()
    return _KANJI_NUMBER.sub(_kanji_number, typed) if len(typed) <= _MOST_LETTERS else ""


def _kanji_number(match: re.Match[str]) -> str:
    """The digits of a number below 100: 十五 is 15; what is no such number stays."""
    tens, ten, ones = match[0].rpartition("十")
    digits = {each: _KANJI_DIGITS.get(each) for each in (tens, ones)}
    if any(each and digits[each] is None for each in (tens, ones)):
        return match[0]
    return str(((digits[tens] or 1) * 10 if ten else 0) + (digits[ones] or 0))


# ---------------------------------------------------------------------------- lengths


def _length_seconds(typed: str) -> Fraction | None:
    if _DECIMAL.fullmatch(typed):
        return _fraction(typed) * _HOURS
    if clock := _CLOCK_LENGTH.fullmatch(typed):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return Fraction(hours * _HOURS + minutes * _MINUTES + seconds)
    if iso := _ISO_LENGTH.fullmatch(typed):
        typed = f"{iso[1]} {iso[2] or ''}"
    words = _words(_GLUED.sub("пол ", _HYPHEN.sub(" ", typed)))
    return _sum_words(words) if words else None


def _words(typed: str) -> list[str] | None:
    """The numbers and words of a length; None where something else stands between them."""
    words, place = [], 0
    for match in _LENGTH_WORD.finditer(typed):
        if not _BETWEEN_WORDS.fullmatch(typed, place, match.start()):
            return None
        if _is_glued(typed, match.start()) and match.end() == len(typed):
            return None  # 1h.5 may be 1:30 or 1:05
        words.append(match[0])
        place = match.end()
    return words if _BETWEEN_WORDS.fullmatch(typed, place) else None


def _is_glued(typed: str, at: int) -> bool:
    """Whether a number stands behind a unit and a point, as if it were its decimals."""
    return at > 1 and typed[at].isdigit() and typed[at - 1] in ".," and typed[at - 2].isalpha()


class _LengthSum:
    """A length while its words are read; `amount` is the number that waits for its unit."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.amount: Fraction | None = None
        self.units: list[int] = []

    def add_number(self, number: Fraction, *, in_words: bool) -> bool:
        if self.amount is not None and not (in_words and self.amount in (20, 30, 40, 50)):
            return False
        self.amount = (self.amount or 0) + number
        return True

    def add_half(self, *, joined: bool) -> bool:
        if self.amount is not None:  # two and a half hours
            if not joined:
                return False
            self.amount += Fraction(1, 2)
        elif self.units:  # an hour and a half, 1時間半
            self.total += Fraction(self.units[-1], 2)
        else:
            self.amount = Fraction(1, 2)
        return True

    def add_quarter(self) -> bool:
        if self.amount is None and self.units:  # an hour and a quarter
            self.total += Fraction(self.units[-1], 4)
        else:
            self.amount = Fraction(1, 4) if self.amount is None else self.amount / 4
        return True

    def add_unit(self, word: str, article: str) -> bool:
        unit = _UNITS[word]
        if self.amount is None:
            if word not in _ALONE or (self.units and not article):
                return False
            self.amount = Fraction(1)
        if unit in self.units:
            return False
        self.total += self.amount * unit
        self.units.append(unit)
        self.amount = None
        return True

    def finish(self) -> Fraction | None:
        """The sum; a last number without a unit is of the next smaller: 1h30."""
        if self.amount is None:
            return self.total if self.units else None
        smaller = {_HOURS: _MINUTES, _MINUTES: _SECONDS}.get(self.units[-1] if self.units else 0)
        if smaller is None or self.amount.denominator != 1 or self.amount >= 60:
            return None
        return self.total + self.amount * smaller


def _sum_words(words: list[str]) -> Fraction | None:
    length, before = _LengthSum(), ""
    joined, article = False, ""
    for place, word in enumerate(words):
        after = words[place + 1] if place + 1 < len(words) else ""
        is_seconds = word == "с" and before[-1:].isdigit() and after not in _HALVES | _QUARTERS
        if word in _JOINERS and before and not is_seconds:
            joined = True
        elif word in _ARTICLES:
            article = word
        else:
            if not _add_word(length, word, joined=joined, article=article):
                return None
            joined, article = False, ""
        before = word
    return None if joined or article else length.finish()


def _add_word(length: _LengthSum, word: str, *, joined: bool, article: str) -> bool:
    if word[0] in "0123456789.,":
        return length.add_number(_fraction(word), in_words=False)
    if word in _NUMBERS:
        return length.add_number(Fraction(_NUMBERS[word]), in_words=True)
    if word in _HALVES:
        return length.add_half(joined=joined)
    if word in _QUARTERS:
        return length.add_quarter()
    return word in _UNITS and length.add_unit(word, article)


def _fraction(number: str) -> Fraction:
    return Fraction("0" + number.replace(",", "."))


# ---------------------------------------------------------------------------- dates


def _split_weekday(typed: str) -> tuple[str, int | None]:
    """A date without the weekday beside it, and that weekday."""
    match = next((found for each in _WITH_WEEKDAY if (found := each.fullmatch(typed))), None)
    return (match["date"], WEEKDAYS[match["weekday"]]) if match else (typed, None)


def _date(typed: str, today: date, text: str) -> date | None:
    """The date; raises ValueError for a day that the month does not have."""
    if typed in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[typed])
    if (weekday := WEEKDAYS.get(typed.removesuffix("."))) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7)
    if match := _SLASHED.fullmatch(typed):
        return _slashed(match, today, text)
    if match := _TWO_DIGITS_EACH.fullmatch(typed):
        first, month, last = match.groups()
        return _only_date([(last, month, first), (first, month, last)], today, text)
    if match := next((found for each in _NUMBERED_DATES if (found := each.fullmatch(typed))), None):
        return _with_year(match["year"], int(match["month"]), int(match["day"]), today)
    return _date_in_words(typed, today) or date.fromisoformat(typed.upper())


def _date_in_words(typed: str, today: date) -> date | None:
    if match := _DAY_MONTH_WORD.fullmatch(typed):
        day, word, year = match[1], match[2], match[3]
    elif match := _MONTH_WORD_DAY.fullmatch(typed):
        word, day, year = match[1], match[2], match[3]
    else:
        return None
    month = _MONTH_BEGINNINGS.get(word[:3])
    if month is None or (word not in _WHOLE_MONTHS.split() and len(word) > 4):
        return None
    return _with_year(year, month, int(day), today)


def _slashed(match: re.Match[str], today: date, text: str) -> date:
    """A date with slashes, whose day and month may stand in either order."""
    one, other, year = match.groups()
    return _only_date([(year, one, other), (year, other, one)], today, text)


def _only_date(readings: Sequence[tuple[str | None, str, str]], today: date, text: str) -> date:
    """The one date among year, month and day. Raises UnusableDate where there are two."""
    dates = []
    for year, month, day in readings:
        try:
            dates.append(_with_year(year, int(month), int(day), today))
        except ValueError:
            continue
    first, *others = dict.fromkeys(dates)  # a ValueError where there is none
    if others:
        raise UnusableDate(
            TimeMessageId.AMBIGUOUS_DATE, text, first.isoformat(), others[0].isoformat()
        )
    return first


def _with_year(year: str | None, month: int, day: int, today: date) -> date:
    """The date of that year, or the one nearest to today. Raises ValueError."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = []
    for each in range(max(today.year - 4, 1), min(today.year + 4, 9999) + 1):
        try:
            found.append(date(each, month, day))
        except ValueError:
            continue
    return min(found, key=lambda each: abs(each - today))
