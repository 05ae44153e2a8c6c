import { stored } from "./stored.ts";

/** The newcomer's questions were answered or waved aside in this browser. */
export const questionsAreOver = stored<boolean>("questions-over", false, (value) => typeof value === "boolean");
