/** Says when the browser is offline, and when everything kept meanwhile has been sent. */

import { Icon, toast } from "@daogou/ui";
import { useEffect, useSyncExternalStore } from "react";
import { useMessages } from "../shared/state/language.ts";
import { tracker } from "../shared/tracking/tracker.ts";

function onChange(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

export function NetworkLine() {
  const words = useMessages();
  const isOnline = useSyncExternalStore(onChange, () => navigator.onLine);

  useEffect(() => {
    const sayBack = async () => {
      if (await tracker.flush()) toast(words.network.back);
    };
    const onOnline = () => void sayBack();
    window.addEventListener("online", onOnline);
    return () => window.removeEventListener("online", onOnline);
  }, [words]);

  if (isOnline) return null;
  return (
    <p className="network-line" role="status">
      <Icon name="offline" />
      {words.network.offline}
    </p>
  );
}
