import { useMessages } from "../state/language.ts";

/** A part of the whole as a bar, with its percentage; a negative part pulls the score down. */
export function ShareBar({ share, isFaint = false }: { share: number; isFaint?: boolean }) {
  const words = useMessages();
  const percent = new Intl.NumberFormat(words.locale, {
    style: "percent",
    maximumFractionDigits: Math.abs(share) < 0.01 ? 1 : 0,
  }).format(share);
  const width = Math.round(Math.min(1, Math.abs(share)) * 1000) / 10;
  return (
    <span className={isFaint ? "share share--faint" : "share"}>
      <svg className="share__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="share__ground" width="100" height="8" />
        <rect className={share < 0 ? "share__part share__part--down" : "share__part"} width={width} height="8" />
      </svg>
      <span className="share__figure" title={words.why.shareText(percent)}>
        {percent}
      </span>
    </span>
  );
}
