// A typed client of the HTTP API: paths, bodies and answers come from the OpenAPI document.
import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./schema.ts";

export type Schemas = components["schemas"];
export type ErrorFacts = Schemas["ErrorFacts"];
export type Api = Client<paths, `${string}/${string}`>;

export type ApiOptions = {
  /** dg_pub_… in a page; dg_sec_… only on a server. */
  key: string;
  /** Where the API is; empty for the origin of the page. */
  baseUrl?: string;
  /** Another fetch, for tests or servers. */
  fetch?: (request: Request) => Promise<Response>;
};

/** An answer that is not a success. `code` is stable: translate by it. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly field: string | undefined;
  readonly requestId: string | undefined;
  /** Seconds to wait before trying again, where the server said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, facts: Partial<ErrorFacts>, retryAfter: string | null = null) {
    super(facts.message ?? `HTTP ${status}`);
    this.status = status;
    this.code = facts.code ?? "unknown";
    this.field = facts.field ?? undefined;
    this.requestId = facts.request_id;
    this.retryAfterSeconds = retryAfter === null ? undefined : Number(retryAfter);
  }
}

/** The client: `api.POST("/v1/recommendations", { body })` and so on. */
export function createApi({ key, baseUrl = "", fetch }: ApiOptions): Api {
  return createClient<paths>({
    baseUrl,
    headers: { Authorization: `Bearer ${key}` },
    ...(fetch === undefined ? {} : { fetch }),
  });
}

type Outcome<T> = { data?: T; error?: unknown; response: Response };

/** The data of an answer, or an ApiError. */
export async function unwrap<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok && data !== undefined) {
    return data;
  }
  throw new ApiError(response.status, factsOf(error), response.headers.get("Retry-After"));
}

/** One list for one placement. */
export async function recommend(api: Api, question: Schemas["Question"]): Promise<Schemas["SlateAnswer"]> {
  const answer = await unwrap(api.POST("/v1/recommendations", { body: question }));
  if ("answers" in answer) {
    throw new ApiError(200, { code: "unexpected_answer", message: "One question got several answers." });
  }
  return answer;
}

/** All lists of a page in one call, in the order of the questions. */
export async function recommendAll(api: Api, questions: Schemas["Question"][]): Promise<Schemas["SlateAnswer"][]> {
  const answer = await unwrap(api.POST("/v1/recommendations", { body: { requests: questions } }));
  if (!("answers" in answer)) {
    throw new ApiError(200, { code: "unexpected_answer", message: "Several questions got one answer." });
  }
  return answer.answers;
}

function factsOf(error: unknown): Partial<ErrorFacts> {
  if (typeof error === "object" && error !== null && "error" in error) {
    const facts = error.error;
    return typeof facts === "object" && facts !== null ? facts : {};
  }
  return {};
}
