"""A program, not a test: four threads send numbered events and print each batch once it is acknowledged.

python writes_until_killed.py URL ROUND EVENTS_PER_BATCH
"""

import os
import sys
import threading

from daogou.core.types import Event, EventLine
from daogou.data.store import EventWriter, open_store

url, batch_name, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
writer = EventWriter(open_store(url))


def send(thread: int) -> None:
    for batch in range(1_000_000):
        ids = [f"{batch_name}-{thread}-{batch}-{number}" for number in range(size)]
        events = [Event(one, "view_item", batch, (EventLine("mug"),), visitor_id=f"v{thread}") for one in ids]
        writer.submit(events).result()
        os.write(1, f"{thread} {batch}\n".encode())


for thread in range(4):
    threading.Thread(target=send, args=(thread,)).start()
