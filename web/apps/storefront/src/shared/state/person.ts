/** Who shops here, and whether the lists may know it. */

import { stored } from "./stored.ts";

/** The customer number typed at "Shop as"; null is a visitor. */
export const userId = stored<string | null>("user", null, (value) => typeof value === "string");

export const personalisation = stored<boolean>("personalise", true, (value) => typeof value === "boolean");
