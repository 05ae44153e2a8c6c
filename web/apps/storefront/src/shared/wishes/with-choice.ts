import type { Choice, Profile, Said } from "../api/profile.ts";

/**
 * The profile as it is once the server has heard a wish: shown before it answers, and turned back if it refuses.
 * Only this one tag changes, so that one refusal does not undo what was said in the meantime.
 */
export function withChoice(profile: Profile, tag: string, choice: Choice | null): Profile {
  const others = profile.choices.filter((one) => one.tag !== tag);
  if (choice === null) return { ...profile, choices: others };
  const said = profile.choices.find((one) => one.tag === tag);
  if (said) return { ...profile, choices: profile.choices.map((one) => (one.tag === tag ? { ...one, choice } : one)) };
  return { ...profile, choices: [...others, saidOf(profile, tag, choice)] };
}

/** Until the server counts them, the number of items is unknown and stands as 0. */
function saidOf(profile: Profile, tag: string, choice: Choice): Said {
  const liking = profile.tags.find((one) => one.tag === tag);
  const [kind = "", value = tag] = tag.split(/:(.*)/s);
  return { tag, kind: liking?.kind ?? kind, label: liking?.label ?? value, choice, nItems: 0 };
}
