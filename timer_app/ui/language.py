"""The language of the windows: English, Russian or Japanese, switched without a restart.

Qt tells every widget of a change (`QEvent.LanguageChange`), and each writes its texts anew.
Catalogues are made by `make translations` from resources/i18n/*.ts.
"""

from __future__ import annotations

import logging
from importlib import import_module

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = ("en", "ru", "ja")
_FOLDER = import_module("timer_app.resources").__path__[0] + "/i18n"

_log = logging.getLogger(__name__)


class Language:
    """Installs the catalogues of one language at a time."""

    def __init__(self) -> None:
        self._installed: list[QTranslator] = []
        self.code = ""

    def apply(self, setting: str) -> bool:
        """Speak the language of `ui.language`; whether that is another one than before.

        "system" is the first of the person's languages that there is, else English. Dates and
        numbers are the system's where it names the days in the same language.
        """
        system = QLocale.system()
        code = _first_supported(system.uiLanguages()) if setting == "system" else setting
        if code == self.code:
            return False
        self.code = code
        QLocale.setDefault(_format_locale(system, code))
        self.close()
        self._install("qtbase_" + code, QLibraryInfo.path(_QT_CATALOGUES))
        self._install(code, _FOLDER)
        return True

    def _install(self, name: str, folder: str) -> None:
        translator = QTranslator()
        if not translator.load(f"{name}.qm", folder):
            _log.warning("no catalogue %s in %s: texts stay English", name, folder)
            return
        QCoreApplication.installTranslator(translator)
        self._installed.append(translator)

    def close(self) -> None:
        """Speak as the texts are written."""
        while self._installed:
            QCoreApplication.removeTranslator(self._installed.pop())


_QT_CATALOGUES = QLibraryInfo.LibraryPath.TranslationsPath


def _format_locale(system: QLocale, code: str) -> QLocale:
    """What writes dates and numbers.

    A system's own mixes languages where its dates are set apart from its messages (LC_TIME).
    """
    plain = QLocale(code)
    speaks_it = system.name().partition("_")[0] == code
    monday, short = 1, QLocale.FormatType.ShortFormat
    dates_too = system.dayName(monday, short) == plain.dayName(monday, short)
    return system if speaks_it and dates_too else plain


def _first_supported(wanted: list[str]) -> str:
    """The first language of a list such as ["de-DE", "ru"] that there is."""
    for each in wanted:
        code = each.replace("_", "-").partition("-")[0].casefold()
        if code in LANGUAGES:
            return code
    return "en"
