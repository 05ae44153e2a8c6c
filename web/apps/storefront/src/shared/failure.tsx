import { Button, Notice } from "@daogou/ui";
import { ApiError } from "./api/http.ts";
import { useMessages } from "./state/language.ts";

/** What went wrong, by its code, and a way to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const words = useMessages();
  const code = error instanceof ApiError ? error.code : "unexpected";
  return (
    <Notice
      title={words.errors.title ?? ""}
      action={onRetry && <Button onClick={onRetry}>{words.retry}</Button>}
    >
      {words.errors[code] ?? words.errors.unexpected}
    </Notice>
  );
}
