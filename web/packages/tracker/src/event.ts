/** What a page reports. Names and fields are those of `POST /v1/events`. */

export type EventName =
  | "view_item"
  | "select_item"
  | "add_to_wishlist"
  | "add_to_cart"
  | "remove_from_cart"
  | "view_cart"
  | "begin_checkout"
  | "purchase"
  | "refund"
  | "impression"
  | "view_item_list"
  | "search"
  | "view_search_results"
  | "chat_message"
  | "chat_choice"
  | "dislike_item"
  | "page_view";

export type EventItem = {
  item_id: string;
  quantity?: number;
  /** Price of one piece, in major units. */
  price?: number;
  /** Position in the slate, from 0. */
  index?: number;
};

/** The part of an event that the caller knows. */
export type EventFields = {
  items?: EventItem[];
  recommendation_id?: string;
  placement?: string;
  search_term?: string;
  transaction_id?: string;
  value?: number;
  currency?: string;
  context?: Record<string, string | number | boolean>;
};

export type ConsentWord = "granted" | "denied";

export type Consent = { personalization: ConsentWord; analytics: ConsentWord };

/** A whole event as it goes on the wire. */
export type TrackedEvent = EventFields & {
  event_id: string;
  event_name: EventName;
  /** RFC 3339, UTC. */
  timestamp: string;
  user_id?: string;
  visitor_id?: string;
  session_id?: string;
  consent: Consent;
};
