#!/bin/sh
# Obtains a Chromium for the browser tests where that is possible without asking; they skip visibly without one.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
	if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "Installing Chromium for the browser tests."
	if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; then
		exit 0
	fi
fi
echo "No Chromium here: the browser tests will be skipped. Install it with your package manager, for example:"
echo "    sudo apt-get install chromium"
