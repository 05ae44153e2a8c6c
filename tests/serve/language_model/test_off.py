import subprocess
import sys

LOOK = """
import sys
from daogou.core.settings import Settings
import daogou.serve.api.app, daogou.serve.api.service, daogou.decide.guide.guide
assert not Settings().language_model.url
print([name for name in sys.modules if name == "httpx" or name.startswith("daogou.serve.language_model.")])
"""


def test_a_shop_without_a_model_imports_nothing_that_could_ask_one() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
