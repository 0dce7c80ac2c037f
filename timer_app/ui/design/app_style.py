"""The style of the app's windows: Qt's own Fusion, with fields, buttons and frames of the tokens.

It draws with the palette of the moment, so another theme, or the system's high contrast, is there
with the next picture; there is no style sheet to be read again. Menus and file dialogs are not
touched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QRegion
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCommandLinkButton,
    QFrame,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QWidget,
)

from timer_app.ui.design.buttons import ButtonKind, kind_of, mixed
from timer_app.ui.design.painting import Mark, draw_focus, draw_mark, draw_rounded
from timer_app.ui.design.tokens import (
    CHIP_RADIUS,
    FIELD_RADIUS,
    LINE_WIDTH,
    MARK_RADIUS,
    MEDIUM,
    SMALL,
    SURFACE_RADIUS,
    TARGET,
    TINY,
    Colours,
    colours_of,
    mark_size,
)
from timer_app.ui.plain_text import elided

_PE = QStyle.PrimitiveElement
_CE = QStyle.ControlElement
_CC = QStyle.ComplexControl
_SE = QStyle.SubElement
_CT = QStyle.ContentsType
_ON = QStyle.StateFlag.State_On
_ENABLED = QStyle.StateFlag.State_Enabled
_FOCUSED = QStyle.StateFlag.State_HasFocus
_SUNKEN = QStyle.StateFlag.State_Sunken
_HOVERED = QStyle.StateFlag.State_MouseOver
_CHOSEN = QStyle.StateFlag.State_Selected
_SMALL_KINDS = (ButtonKind.CHIP, ButtonKind.LINK)
_WORDED_CHOICES = (_CE.CE_CheckBoxLabel, _CE.CE_RadioButtonLabel)
_PARTLY = QStyle.StateFlag.State_NoChange
_PM = QStyle.PixelMetric
_INDICATORS = (
    _PM.PM_IndicatorWidth, _PM.PM_IndicatorHeight,
    _PM.PM_ExclusiveIndicatorWidth, _PM.PM_ExclusiveIndicatorHeight,
)  # fmt: skip


class AppStyle(QProxyStyle):
    """Draws what the tokens say; everything else is Fusion's."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    # What is drawn

    def drawPrimitive(  # noqa: N802 - Qt's name
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """See QStyle."""
        own = colours_of(option.palette)
        draw = _SIMPLE.get(element)
        if draw is not None:
            draw(painter, option, own)
        elif element == _PE.PE_PanelButtonCommand and not isinstance(widget, QCommandLinkButton):
            _draw_button(painter, option, own, kind_of(widget))
        elif element in (_PE.PE_PanelLineEdit, _PE.PE_FrameLineEdit):
            if not isinstance(widget and widget.parent(), QAbstractSpinBox) and _has_frame(widget):
                _draw_field(painter, option, own)
        elif element == _PE.PE_FrameFocusRect:
            if not isinstance(widget, QPushButton):  # its ring is drawn with it
                draw_focus(painter, QRectF(option.rect), MARK_RADIUS, own.focus)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawControl(  # noqa: N802 - Qt's name
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """See QStyle."""
        own = colours_of(option.palette)
        if element == _CE.CE_PushButtonLabel and isinstance(option, QStyleOptionButton):
            option = _label_of(option, own, kind_of(widget))
            beside = 0 if kind_of(widget) in _SMALL_KINDS else TINY
            _shorten(option, option.rect.width() - 2 * beside)
            super().drawControl(element, option, painter, widget)
        elif element in _WORDED_CHOICES and isinstance(option, QStyleOptionButton):
            option = QStyleOptionButton(option)
            _shorten(option, option.rect.width())
            super().drawControl(element, option, painter, widget)
        elif element == _CE.CE_ComboBoxLabel and isinstance(option, QStyleOptionComboBox):
            option = QStyleOptionComboBox(option)
            part = QStyle.SubControl.SC_ComboBoxEditField
            room = self.subControlRect(_CC.CC_ComboBox, option, part, widget).width() - SMALL
            option.currentText = _elided(option, option.currentText, room)
            super().drawControl(element, option, painter, widget)
        elif element == _CE.CE_ProgressBarGroove:
            draw_rounded(painter, QRectF(option.rect), CHIP_RADIUS, own.chip)
        elif element == _CE.CE_ProgressBarContents and isinstance(option, QStyleOptionProgressBar):
            _draw_progress(painter, option, own)
        elif element == _CE.CE_ProgressBarLabel and isinstance(option, QStyleOptionProgressBar):
            _draw_progress_words(painter, option, own)
        elif element in (_CE.CE_HeaderSection, _CE.CE_HeaderEmptyArea):
            painter.fillRect(option.rect, own.surface)
            below = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), LINE_WIDTH)
            painter.fillRect(below, own.line)
        elif element == _CE.CE_ShapedFrame and _is_line(widget):
            middle = option.rect.center().y()
            painter.fillRect(
                QRect(option.rect.left(), middle, option.rect.width(), LINE_WIDTH), own.line
            )
        else:
            super().drawControl(element, option, painter, widget)

    def drawComplexControl(  # noqa: N802 - Qt's name
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """See QStyle."""
        own = colours_of(option.palette)
        if control == _CC.CC_ComboBox and isinstance(option, QStyleOptionComboBox):
            if option.frame:
                _draw_field(painter, option, own)
            arrow = self.subControlRect(
                control, option, QStyle.SubControl.SC_ComboBoxArrow, _any(widget)
            )
            self._draw_arrow(painter, Mark.DOWN, arrow, option, own)
        elif control == _CC.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            part = QStyle.SubControl.SC_ScrollBarSlider
            slider = self.subControlRect(control, option, part, widget)
            _draw_scroll_bar(painter, option, QRectF(slider), own)
        elif control == _CC.CC_SpinBox and isinstance(option, QStyleOptionSpinBox):
            _draw_field(painter, option, own)
            for part, mark in (
                (QStyle.SubControl.SC_SpinBoxUp, Mark.UP),
                (QStyle.SubControl.SC_SpinBoxDown, Mark.DOWN),
            ):
                rect = self.subControlRect(control, option, part, widget)
                self._draw_arrow(painter, mark, rect, option, own)
        else:
            super().drawComplexControl(control, option, painter, widget)

    @staticmethod
    def _draw_arrow(
        painter: QPainter, mark: Mark, rect: QRect, option: QStyleOption, own: Colours
    ) -> None:
        is_enabled = bool(option.state & _ENABLED)
        draw_mark(
            painter,
            mark,
            _middle(QRectF(rect), min(mark_size(option.fontMetrics), rect.height())),
            own.text if is_enabled else own.disabled,
        )

    # How large it is

    def pixelMetric(  # noqa: N802 - Qt's name
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """See QStyle. Boxes and radio buttons are as large as the letters beside them ask for."""
        if metric in _INDICATORS and widget is not None:
            return mark_size(widget.fontMetrics())
        return super().pixelMetric(metric, option, widget)

    def sizeFromContents(  # noqa: N802 - Qt's name
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """See QStyle. Buttons and fields of a row are equally high."""
        hint = super().sizeFromContents(kind, option, size, _any(widget))
        high = max(TARGET, option.fontMetrics.height() + MEDIUM + 2 * LINE_WIDTH)
        if kind == _CT.CT_PushButton:
            if kind_of(widget) in _SMALL_KINDS:
                beside = SMALL if kind_of(widget) is ButtonKind.CHIP else TINY
                return QSize(size.width() + 2 * beside, option.fontMetrics.height() + TINY)
            wide = max(size.width() + 2 * MEDIUM, high)
            return QSize(wide, max(high, size.height() + MEDIUM))
        if kind in (_CT.CT_LineEdit, _CT.CT_ComboBox, _CT.CT_SpinBox):
            return QSize(hint.width() + SMALL, max(hint.height(), high))
        return hint

    def subElementRect(  # noqa: N802 - Qt's name
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        """See QStyle. Text in a field stands off its line."""
        rect = super().subElementRect(element, option, _any(widget))
        if element == _SE.SE_LineEditContents and _has_frame(widget):
            return rect.adjusted(SMALL - 2, 0, 2 - SMALL, 0)
        return rect

    def subControlRect(  # noqa: N802 - Qt's name
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """See QStyle. So does the text of a choice."""
        rect = super().subControlRect(control, option, part, _any(widget))
        if control == _CC.CC_ComboBox:
            is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
            begin, end = (0, -TINY) if is_mirrored else (TINY, 0)
            if part == QStyle.SubControl.SC_ComboBoxEditField:
                return rect.adjusted(begin, 0, end, 0)
            if part == QStyle.SubControl.SC_ComboBoxArrow:
                return rect.translated(TINY if is_mirrored else -TINY, 0)
        return rect


def _any(widget: QWidget | None) -> QWidget:
    """The widget, or none: Qt takes both, PySide6's stubs say otherwise."""
    return cast("QWidget", widget)


def _has_frame(widget: QWidget | None) -> bool:
    """Whether a field has a ground and a line of its own."""
    frame = widget.property("frame") if widget is not None else True
    return frame is not False


def _is_line(widget: QWidget | None) -> bool:
    return isinstance(widget, QFrame) and widget.frameShape() == QFrame.Shape.HLine


def _middle(rect: QRectF, size: float) -> QRectF:
    """A square of that size in the middle of `rect`."""
    square = QRectF(0, 0, size, size)
    square.moveCenter(rect.center())
    return square


def _draw_button(painter: QPainter, option: QStyleOption, own: Colours, kind: ButtonKind) -> None:
    rect, state = QRectF(option.rect), option.state
    is_enabled = bool(state & _ENABLED)
    share = 0.16 if state & (_SUNKEN | _ON) else 0.08 if state & _HOVERED and is_enabled else 0.0
    radius = CHIP_RADIUS if kind in _SMALL_KINDS else FIELD_RADIUS
    match kind:
        case ButtonKind.PRIMARY if is_enabled:
            draw_rounded(painter, rect, radius, mixed(own.accent, own.on_accent, share))
        case ButtonKind.PRIMARY:
            _draw_disabled(painter, rect, radius, own)
        case ButtonKind.PLAIN:
            line = own.line if is_enabled or own.line != own.text else own.disabled
            draw_rounded(painter, rect, radius, mixed(own.surface, own.text, share), line)
        case ButtonKind.CHIP:
            edge = own.line if own.chip == own.background else None
            draw_rounded(painter, rect, radius, mixed(own.chip, own.text, share), edge)
        case ButtonKind.QUIET | ButtonKind.LINK:
            if share:
                draw_rounded(painter, rect, radius, mixed(own.background, own.text, share))
    if state & _FOCUSED:
        draw_focus(painter, rect, radius, own.focus)
        if kind is ButtonKind.PRIMARY:
            draw_rounded(
                painter, rect.adjusted(2, 2, -2, -2), radius - 2, None, own.on_accent, LINE_WIDTH
            )


def _draw_disabled(painter: QPainter, rect: QRectF, radius: float, own: Colours) -> None:
    """The ground of what would be filled, were it not disabled."""
    edge = own.disabled if own.disabled_ground == own.background else None
    draw_rounded(painter, rect, radius, own.disabled_ground, edge)


def _label_of(option: QStyleOptionButton, own: Colours, kind: ButtonKind) -> QStyleOptionButton:
    """The same with the colour of words on that kind."""
    label = QStyleOptionButton(option)
    colour = own.text
    is_enabled = bool(option.state & _ENABLED)
    if kind is ButtonKind.LINK:
        colour = own.muted if is_enabled else mixed(own.disabled, own.background, 0.4)
    elif not is_enabled:
        colour = own.disabled
    elif kind is ButtonKind.PRIMARY:
        colour = own.on_accent
    palette = QPalette(option.palette)
    palette.setColor(QPalette.ColorRole.ButtonText, colour)
    label.palette = palette
    return label


def _shorten(option: QStyleOptionButton, room: int) -> None:
    """End the words of a button with an ellipsis where there is not that much room, in pixels."""
    option.text = _elided(option, option.text, room - option.iconSize.width() * _has_icon(option))


def _has_icon(option: QStyleOptionButton) -> bool:
    return not option.icon.isNull()


def _elided(option: QStyleOption, words: str, room: int) -> str:
    """The words, whole where they fit. The letter of a mnemonic costs no room."""
    flags = Qt.TextFlag.TextShowMnemonic
    metrics = option.fontMetrics
    if "\n" in words or metrics.size(flags, words).width() <= room:
        return words
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room, flags)


def _draw_field(painter: QPainter, option: QStyleOption, own: Colours) -> None:
    is_enabled = bool(option.state & _ENABLED)
    line = own.line if is_enabled or own.line != own.text else own.disabled
    ground = own.surface if is_enabled else own.background
    draw_rounded(painter, QRectF(option.rect), FIELD_RADIUS, ground, line)
    if option.state & _FOCUSED:
        draw_focus(painter, QRectF(option.rect), FIELD_RADIUS, own.focus)


def _draw_check_box(painter: QPainter, option: QStyleOption, own: Colours) -> None:
    rect = QRectF(option.rect)
    mark = _draw_choice_ground(painter, option, own, MARK_RADIUS)
    if option.state & (_ON | _PARTLY):
        kind = Mark.TICK if option.state & _ON else Mark.DASH
        draw_mark(painter, kind, rect.adjusted(1, 1, -1, -1), mark)


def _draw_radio_button(painter: QPainter, option: QStyleOption, own: Colours) -> None:
    rect = QRectF(option.rect)
    mark = _draw_choice_ground(painter, option, own, rect.height() / 2)
    if option.state & _ON:
        dot = _middle(rect, rect.height() * 0.4)
        draw_rounded(painter, dot, dot.height() / 2, mark)


def _draw_choice_ground(
    painter: QPainter, option: QStyleOption, own: Colours, radius: float
) -> QColor:
    """The ground of a box or a radio button; returns the colour of the mark on it."""
    rect, is_enabled = QRectF(option.rect), bool(option.state & _ENABLED)
    if not option.state & (_ON | _PARTLY):
        draw_rounded(painter, rect, radius, own.surface, own.muted if is_enabled else own.disabled)
    elif is_enabled:
        draw_rounded(painter, rect, radius, own.accent)
    else:
        _draw_disabled(painter, rect, radius, own)
    return own.on_accent if is_enabled else own.disabled


def _draw_progress(painter: QPainter, option: QStyleOptionProgressBar, own: Colours) -> None:
    """What is done, from where reading begins; all of it pale where the amount is unknown."""
    if option.maximum <= option.minimum:
        draw_rounded(painter, QRectF(option.rect), CHIP_RADIUS, own.accent_soft)
        return
    done = _part_done(option)
    if done.width() > 0:
        draw_rounded(painter, done, CHIP_RADIUS, own.accent)


def _part_done(option: QStyleOptionProgressBar) -> QRectF:
    """The part of the bar that stands for what is done; empty where the amount is unknown."""
    rect, whole = QRectF(option.rect), option.maximum - option.minimum
    share = (option.progress - option.minimum) / whole if whole > 0 else 0.0
    done = rect.width() * min(max(share, 0.0), 1.0)
    is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
    left = rect.right() - done if is_mirrored else rect.left()
    return QRectF(left, rect.top(), done, rect.height())


def _draw_progress_words(painter: QPainter, option: QStyleOptionProgressBar, own: Colours) -> None:
    """One line in the middle, in the colour that can be read on each of the two grounds."""
    if not option.textVisible:
        return
    label = elided(option.text, option.fontMetrics, option.rect.width() - 2 * TINY)
    done = QRegion(_part_done(option).toRect())
    rest = QRegion(option.rect).subtracted(done)
    on_rest = own.text if option.state & _ENABLED else own.disabled
    for part, colour in ((done, own.on_accent), (rest, on_rest)):
        painter.save()
        painter.setClipRegion(part, Qt.ClipOperation.IntersectClip)
        painter.setPen(colour)
        painter.drawText(option.rect, int(Qt.AlignmentFlag.AlignCenter), label)
        painter.restore()


def _draw_scroll_bar(
    painter: QPainter, option: QStyleOptionSlider, slider: QRectF, own: Colours
) -> None:
    """A handle without a groove; nothing where there is nothing to scroll."""
    if option.maximum <= option.minimum:
        return
    is_pointed_at = bool(option.state & (_SUNKEN | _HOVERED))
    across = (TINY, 0) if option.orientation == Qt.Orientation.Vertical else (0, TINY)
    handle = slider.adjusted(across[0], across[1], -across[0], -across[1])
    radius = min(handle.width(), handle.height()) / 2
    draw_rounded(painter, handle, radius, own.muted if is_pointed_at else own.line)


def _draw_frame(painter: QPainter, option: QStyleOption, own: Colours) -> None:
    draw_rounded(painter, QRectF(option.rect), MARK_RADIUS, None, own.line)


def _draw_group(painter: QPainter, option: QStyleOption, own: Colours) -> None:
    draw_rounded(painter, QRectF(option.rect), SURFACE_RADIUS, own.surface, own.line)


def _draw_item(painter: QPainter, option: QStyleOption, own: Colours) -> None:
    if option.state & _CHOSEN:
        draw_rounded(painter, QRectF(option.rect), MARK_RADIUS, option.palette.highlight().color())
    elif option.state & _HOVERED and option.state & _ENABLED:
        draw_rounded(painter, QRectF(option.rect), MARK_RADIUS, own.chip)


_SIMPLE: dict[QStyle.PrimitiveElement, Callable[[QPainter, QStyleOption, Colours], None]] = {
    _PE.PE_IndicatorCheckBox: _draw_check_box,
    _PE.PE_IndicatorRadioButton: _draw_radio_button,
    _PE.PE_Frame: _draw_frame,
    _PE.PE_FrameGroupBox: _draw_group,
    _PE.PE_PanelItemViewItem: _draw_item,
}
"""What looks the same in every widget."""
