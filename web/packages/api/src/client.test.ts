import { expect, test } from "vitest";

import { ApiError, createApi, recommend, recommendAll, unwrap } from "./index.ts";

function answering(status: number, body: unknown, headers: Record<string, string> = {}): (request: Request) => Promise<Response> {
  return async () =>
    new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

test("a question goes out with the key and comes back as a slate", async () => {
  const seen: Request[] = [];
  const slate = { recommendation_id: "r1", placement: "trending", items: [] };
  const api = createApi({
    key: "dg_pub_1_2",
    baseUrl: "https://shop.example",
    fetch: async (request) => {
      seen.push(request);
      return answering(200, slate)(request);
    },
  });
  const answer = await recommend(api, { placement: "trending", limit: 4 });
  expect(answer).toEqual(slate);
  expect(seen[0]?.headers.get("Authorization")).toBe("Bearer dg_pub_1_2");
  expect(await seen[0]?.json()).toEqual({ placement: "trending", limit: 4 });
});

test("the lists of a page come in one call", async () => {
  const answers = [{ placement: "trending" }, { placement: "new_arrivals" }];
  const api = createApi({ key: "k", baseUrl: "https://shop.example", fetch: answering(200, { answers }) });
  expect(await recommendAll(api, [{ placement: "trending" }, { placement: "new_arrivals" }])).toEqual(answers);
});

test("a refusal becomes an ApiError with its stable code and waiting time", async () => {
  const facts = { code: "storage_unavailable", message: "Away.", request_id: "q1" };
  const api = createApi({
    key: "k",
    baseUrl: "https://shop.example",
    fetch: answering(503, { error: facts }, { "Retry-After": "1" }),
  });
  const refusal = await unwrap(api.GET("/v1/shop")).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ApiError);
  expect(refusal).toMatchObject({ status: 503, code: "storage_unavailable", requestId: "q1", retryAfterSeconds: 1 });
});
