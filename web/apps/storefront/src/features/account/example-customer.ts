/** A customer number that exists in the demo shop of this currency. */
export function exampleCustomer(currency: string | undefined): string {
  return currency === "CNY" ? "shopper-0928" : "c12583";
}
