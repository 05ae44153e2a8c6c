import { Icon } from "@daogou/ui";
import { useMessages } from "../state/language.ts";

/** Says quietly that a newer list waits, and shows it when asked. Its place is always there, so that it is read out. */
export function RenewButton({ isWaiting, onShow }: { isWaiting: boolean; onShow: () => void }) {
  const { live } = useMessages();
  return (
    <span className="renew" role="status">
      {isWaiting && (
        <button type="button" className="renew__button" onClick={onShow}>
          <Icon name="renew" />
          {live.updated} <span className="renew__show">{live.show}</span>
        </button>
      )}
    </span>
  );
}
