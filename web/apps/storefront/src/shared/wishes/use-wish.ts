/** Says a wish: shown at once where a profile is on the screen, turned back and said aloud when the server refuses. */

import { toast } from "@daogou/ui";
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/http.ts";
import { putWish, type Choice, type Profile, type Wish } from "../api/profile.ts";
import { useMessages } from "../state/language.ts";
import { UNDO_MS } from "../state/dismissed.ts";
import { tracker } from "../tracking/tracker.ts";
import { withChoice } from "./with-choice.ts";

/** `name` is what the shopper calls it. */
export type NamedWish = Wish & { name: string };

export function useWish(): (wish: NamedWish) => void {
  const client = useQueryClient();
  const { wishes: words, errors, undo } = useMessages();

  const { mutate } = useMutation({
    networkMode: "always",
    mutationFn: (wish: NamedWish) => putWish(tracker.identity().visitorId, wish),
    onMutate: async ({ tag, choice }) => {
      if (tag === undefined) return undefined;
      await client.cancelQueries({ queryKey: ["profile"] });
      const before = choiceIn(client, tag);
      show(client, tag, choice);
      return { before };
    },
    onSuccess: ({ tag, choice, before }, { name }) => {
      show(client, tag, choice);
      const again = { label: undo, run: () => mutate({ tag, choice: before, name }) };
      toast(words.said[choice ?? "taken_back"](name), choice === before ? {} : { action: again, forMs: UNDO_MS });
    },
    onError: (error, { tag, name }, shown) => {
      if (tag !== undefined && shown) show(client, tag, shown.before);
      const why = (error instanceof ApiError ? errors[error.code] : undefined) ?? errors.unexpected ?? "";
      toast(words.failed(name, why));
    },
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["profile"] }), client.invalidateQueries({ queryKey: ["slates"] })]),
  });
  return mutate;
}

function show(client: QueryClient, tag: string, choice: Choice | null): void {
  client.setQueriesData<Profile>({ queryKey: ["profile"] }, (profile) => profile && withChoice(profile, tag, choice));
}

function choiceIn(client: QueryClient, tag: string): Choice | null {
  for (const [, profile] of client.getQueriesData<Profile>({ queryKey: ["profile"] })) {
    const said = profile?.choices.find((one) => one.tag === tag);
    if (said) return said.choice;
  }
  return null;
}
