/** The larger shelf: used when localStorage is full or switched off. Ordered by an automatic number. */

import type { TrackedEvent } from "../event.ts";
import type { Outbox } from "./outbox.ts";

const TABLE = "events";

export async function indexedDbOutbox(factory: IDBFactory, name: string): Promise<Outbox> {
  const database = await open(factory, name);
  const table = (mode: IDBTransactionMode): [IDBObjectStore, Promise<void>] => {
    const transaction = database.transaction(TABLE, mode, { durability: "strict" });
    return [transaction.objectStore(TABLE), finished(transaction)];
  };

  return {
    kind: "indexed-db",
    async add(event) {
      const [events, done] = table("readwrite");
      events.put(event);
      await done;
    },
    async oldest(limit) {
      const [events] = table("readonly");
      return (await answer(events.getAll(undefined, limit))) as TrackedEvent[];
    },
    async remove(eventIds) {
      const [events, done] = table("readwrite");
      const byId = events.index("event_id");
      for (const id of eventIds) {
        const key = await answer(byId.getKey(id));
        if (key !== undefined) events.delete(key);
      }
      await done;
    },
    async count() {
      const [events] = table("readonly");
      return answer(events.count());
    },
  };
}

function open(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE, { autoIncrement: true }).createIndex("event_id", "event_id", { unique: true });
  };
  return answer(request);
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
