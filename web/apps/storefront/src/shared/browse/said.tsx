import { Icon } from "@daogou/ui";
import { Link } from "wouter";
import type { Asked } from "../api/asked.ts";
import type { Found } from "../api/search.ts";
import { searchPath } from "../paths.ts";
import { useMessages } from "../state/language.ts";

/** What became of the words: searched otherwise than typed, better words, what was given up. */
export function Said({ asked, found }: { asked: Asked; found: Found }) {
  const { search: words } = useMessages();
  const relaxed = found.relaxed.filter((one) => one.code !== "spelling" || found.corrected === undefined);
  if (found.corrected === undefined && found.suggestion === undefined && relaxed.length === 0) return null;
  return (
    <div className="found-said" role="note">
      {found.corrected !== undefined && <p>{words.corrected(found.corrected, asked.words)}</p>}
      {found.suggestion !== undefined && (
        <p>
          {words.didYouMean} <Link href={searchPath(found.suggestion)}>{found.suggestion}</Link>
        </p>
      )}
      {relaxed.map((one) => (
        <p key={one.code + one.text} className="found-said__relaxed">
          <Icon name="why" />
          {one.text}
        </p>
      ))}
    </div>
  );
}
