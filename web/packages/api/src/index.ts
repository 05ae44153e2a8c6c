export { ApiError, createApi, recommend, recommendAll, unwrap } from "./client.ts";
export type { Api, ApiOptions, ErrorFacts, Schemas } from "./client.ts";
export type { components, operations, paths } from "./schema.ts";
export type {
  CategoryCount,
  EventRow,
  Evidence,
  Explanation,
  ItemCard,
  ItemPage,
  Place,
  Question,
  Reason,
  Shop,
  Slate,
} from "./shapes.ts";
