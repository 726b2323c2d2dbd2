#!/bin/sh
# Runs the driven test of the whole program on a display and a bus of its own:
# drive.sh RENDERER SCRIPT EMEND EMENDCTL
GSK_RENDERER=$1
shift
unset NO_AT_BRIDGE GTK_A11Y G_DEBUG
GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 GSETTINGS_BACKEND=keyfile
export GSK_RENDERER GDK_BACKEND LIBGL_ALWAYS_SOFTWARE GSETTINGS_BACKEND
# A window manager that ends is started again: without one no window has the keys. Nothing begins before it is there.
exec xvfb-run -a -s "-screen 0 1280x800x24 +extension GLX -nolisten tcp" dbus-run-session -- sh -c '
  said=$(mktemp)
  (while :; do openbox --sm-disable; echo "openbox ended: $?"; sleep 0.2; done) >"$said" 2>&1 &
  wm=$!
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 &
  bus=$!
  tries=100
  until xdotool get_desktop >/dev/null 2>&1 || [ $tries -eq 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
  done
  /usr/bin/python3 "$@"
  status=$?
  kill $wm $bus 2>/dev/null
  [ $status -eq 0 ] || cat "$said" >&2
  rm -f "$said"
  exit $status' sh "$@"
