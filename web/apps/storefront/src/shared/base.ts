/** Where this shop's pages lie: "" on a host of its own, "/s/gifts" beside other shops. */
export const base = document.querySelector<HTMLMetaElement>('meta[name="daogou-base"]')?.content ?? "";

/** What everything kept in the browser begins with: shops on one host must not read each other's. */
export const keptUnder = `daogou${base}`;
