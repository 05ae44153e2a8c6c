// Short names for the shapes pages use most.
import type { Schemas } from "./client.ts";

export type CategoryCount = Schemas["CategoryCount"];
export type EventRow = Schemas["EventRow"];
export type Evidence = Schemas["Evidence"];
export type Explanation = Schemas["Explanation"];
export type ItemCard = Schemas["ItemCard"];
export type ItemPage = Schemas["ItemPage"];
export type Place = Schemas["Place"];
export type Question = Schemas["Question"];
export type Reason = Schemas["Reason"];
export type Shop = Schemas["ShopFacts"];
export type Slate = Schemas["SlateAnswer"];
