import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../shared/api/http.ts";

const MOST_RETRIES = 2;

/** Only what may heal by itself is tried again. */
function mayHeal(error: Error): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < MOST_RETRIES && mayHeal(error),
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
  },
});
