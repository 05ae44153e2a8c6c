import { Icon } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { explanation } from "../api/explain.ts";
import { useWho } from "../api/who.ts";
import { useCart } from "../state/cart.ts";
import { useLanguage, useMessages } from "../state/language.ts";
import { ShareBar } from "./share-bar.tsx";
import { Steps } from "./steps.tsx";
import { EvidenceLine } from "./why-dialog.tsx";

type FullExplanationProps = { itemId: string; placement: string; anchors?: string[] };

/** The recommender's whole reckoning about one item in one list, whether it is in it or not. */
export function FullExplanation({ itemId, placement, anchors }: FullExplanationProps) {
  const words = useMessages();
  const who = useWho();
  const language = useLanguage();
  const inCart = useCart().map((line) => line.itemId);
  const request = {
    placement,
    item_id: itemId,
    item_ids: anchors,
    cart: inCart.length > 0 ? inCart : undefined,
  };
  const { data, isError } = useQuery(explanation(request, who, language));

  if (isError) return <p className="why__note">{words.why.failed}</p>;
  if (!data) return <p className="why__note">{words.why.loading}</p>;
  return (
    <div className="why__full">
      <p className="why__verdict">
        {!data.isInSlate && <span className="badge badge--plain">{words.why.notShown}</span>} {data.verdict}
        {data.isInSlate && data.rank !== undefined && <> {words.why.rank(data.rank)}</>}
      </p>
      {data.rules.length > 0 && (
        <section>
          <h3>{words.why.rules}</h3>
          <ul className="why__rules">
            {data.rules.map((rule, index) => (
              <li key={index} className={rule.isDecisive ? "rule--decisive" : undefined}>
                <Icon name={rule.isDecisive ? "check" : "shield"} />
                <span>
                  {rule.text} {rule.isDecisive && <strong>{words.why.decisive}</strong>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
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
      {data.stages.length > 0 && <Steps stages={data.stages} place={data.place} />}
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
