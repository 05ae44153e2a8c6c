/** Addresses within the storefront. */

export const itemPath = (id: string) => `/p/${encodeURIComponent(id)}`;

export const categoryPath = (path: readonly string[]) => `/c/${path.map(encodeURIComponent).join("/")}`;

export const searchPath = (term: string) => `/search?q=${encodeURIComponent(term)}`;

export const donePath = (transactionId: string) => `/done/${encodeURIComponent(transactionId)}`;
