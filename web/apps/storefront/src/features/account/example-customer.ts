/** A customer number that exists in a bundled demo shop, by the shop's id; of other shops none is known to a page. */
const EXAMPLES: Record<string, string> = { "online-retail": "c12583", bilingual: "shopper-0928" };

export function exampleCustomer(shopId: string | undefined): string | undefined {
  return shopId === undefined ? undefined : EXAMPLES[shopId];
}
