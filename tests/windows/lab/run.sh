#!/bin/bash
# Runs a command in the Windows of setup.sh.
#
#   run.sh FOLDER screen | screen-off            an X server; off ends all that runs in this Windows
#   run.sh FOLDER timer-app [WORD ...]           the app; `tray` is the app without a console (pythonw)
#   run.sh FOLDER tray [WORD ...]
#   run.sh FOLDER python WORD ...                Windows' Python
#   run.sh FOLDER shot FILE.png                  what the screen shows
#   run.sh FOLDER COMMAND ...                    in the chroot: wine reg query ..., xdotool click 1
#
# LANG chooses the language and code page (ru_RU.UTF-8, ja_JP.UTF-8). TIMER_APP_HOME and TIMER_APP_LOG
# are handed on. Paths as Windows writes them: Z:\ is the chroot, C:\ its win/prefix/drive_c.
set -euo pipefail

folder=$(cd "$1" && pwd)
shift
root=$folder/root
display=${LAB_DISPLAY:-:77}
inside() {
    # A mount namespace of its own: nothing stays mounted when the command ends.
    unshare --mount --propagation private sh -c '
        mount --rbind /proc "$0/proc"; mount --rbind /dev "$0/dev"; exec chroot "$0" "$@"' "$root" \
        /usr/bin/env -i HOME=/root PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin LANG="${LANG:-C.UTF-8}" \
        DISPLAY="$display" XDG_RUNTIME_DIR=/tmp WINEPREFIX=/win/prefix WINEDEBUG="${WINEDEBUG:--all}" \
        WINEDLLOVERRIDES='mscoree,mshtml=' ${TIMER_APP_HOME+TIMER_APP_HOME="$TIMER_APP_HOME"} \
        ${TIMER_APP_LOG+TIMER_APP_LOG="$TIMER_APP_LOG"} "$@"
}
python='C:\Python\python.exe'

case $1 in
screen)
    for program in "Xvfb $display -screen 0 1280x900x24 -nolisten tcp" openbox; do
        inside setsid sh -c "echo \$\$ >> /win/screen.pids; exec $program" > "$folder/screen.log" 2>&1 < /dev/null &
        sleep 1.5
    done
    # No tray program: Wine then shows the icons in a small window, in which clicks reach them.
    ;;
screen-off)
    inside wineserver --kill || true  # what runs in this Windows, and nothing else
    [ -e "$root/win/screen.pids" ] || exit 0
    while read -r pid; do kill "$pid" 2>/dev/null || true; done < "$root/win/screen.pids"
    rm "$root/win/screen.pids"
    ;;
shot)
    inside import -window root /win/shot.png
    cp "$root/win/shot.png" "$2"
    ;;
timer-app) shift; inside wine "$python" -m timer_app "$@" ;;
tray) shift; inside wine 'C:\Python\pythonw.exe' -m timer_app "$@" ;;
python) shift; inside wine "$python" "$@" ;;
*) inside "$@" ;;
esac
