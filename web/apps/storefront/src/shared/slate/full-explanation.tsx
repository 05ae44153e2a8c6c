import { Icon } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { explanation } from "../api/explain.ts";
import type { SlateItem } from "../api/slates.ts";
import { useWho } from "../api/who.ts";
import { useCart } from "../state/cart.ts";
import { useLanguage, useMessages } from "../state/language.ts";
import type { Showing } from "./card.tsx";
import { ShareBar } from "./share-bar.tsx";
import { EvidenceLine } from "./why-dialog.tsx";

export function FullExplanation({ place, showing }: { place: SlateItem; showing: Showing }) {
  const words = useMessages();
  const who = useWho();
  const language = useLanguage();
  const inCart = useCart().map((line) => line.itemId);
  const request = {
    placement: showing.placement,
    item_id: place.item.id,
    item_ids: showing.anchors,
    cart: inCart.length > 0 ? inCart : undefined,
  };
  const { data, isError } = useQuery(explanation(request, who, language));

  if (isError) return <p className="why__note">{words.why.failed}</p>;
  if (!data) return <p className="why__note">{words.why.loading}</p>;
  return (
    <div className="why__full">
      <p>
        {data.verdict}
        {data.rank !== undefined && <> {words.why.rank(data.rank)}.</>}
        {data.filteredBy && <> {words.why.filteredBy(data.filteredBy)}.</>}
      </p>
      {data.sources.length > 0 && (
        <section>
          <h3>{words.why.sources}</h3>
          <p className="why__help">{words.why.sourcesHelp}</p>
          <ul className="why__sources">
            {data.sources.map((source) => (
              <li key={source.name}>
                <span>{words.why.sourceNames[source.name] ?? source.name}</span>
                <ShareBar share={source.share} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.history.length > 0 && (
        <section>
          <h3>{words.why.history}</h3>
          <ul className="why__evidence">
            {data.history.slice(0, 8).map((one, index) => (
              <EvidenceLine key={index} evidence={one} />
            ))}
          </ul>
        </section>
      )}
      {data.gates.length > 0 && (
        <section>
          <h3>{words.why.gates}</h3>
          <ul className="why__gates">
            {data.gates.map((gate) => (
              <li key={gate.name} className={gate.isPassed ? "gate" : "gate gate--held"}>
                <Icon name={gate.isPassed ? "check" : "close"} />
                <span className="visually-hidden">{gate.isPassed ? words.why.passed : words.why.held}: </span>
                <span>{gate.text || gate.name}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
