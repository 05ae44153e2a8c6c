"""Does the shipped blend beat each of its members on a real shop? Writes results/quality_online_retail.md."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from daogou.learn.evaluation.table import print_table
from daogou.learn.training.quality import markdown, measure_quality

RESULT = Path(__file__).parent / "results" / "quality_online_retail.md"


def main() -> int:
    quality = measure_quality(progress=lambda done, total, what: print(f"{done}/{total} {what}", file=sys.stderr))
    for evaluation in quality.evaluations:
        print_table(evaluation)
    RESULT.parent.mkdir(exist_ok=True)
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    RESULT.write_text(markdown(quality, "python benchmarks/quality_online_retail.py", day), encoding="utf-8")
    print(f"Wrote {RESULT}. The blend beats every model in NDCG@20 and recall@20: {quality.beats_all}.")
    return 0 if quality.beats_all else 1


if __name__ == "__main__":
    sys.exit(main())
