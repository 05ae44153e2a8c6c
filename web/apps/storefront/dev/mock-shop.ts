/** A pretend shop for `npm run dev` without a server: the HTTP contract over a few dozen items, kept in memory. */

import type { IncomingMessage } from "node:http";
import type { Plugin } from "vite";
import { answerEvents, explain, listItems, oneItem, recommend, shopFacts, treeOfCategories } from "./mock-answers.ts";
import { complete, guide, search } from "./mock-search.ts";
import { onboarding, profile, putWish } from "./mock-shopper.ts";
import { stream } from "./mock-stream.ts";

export function mockShop(): Plugin {
  return {
    name: "mock-shop",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use("/v1", (request, response, next) => {
        if (request.method === "POST" && request.url === "/stream") {
          void bodyOf(request).then((body) => stream(body, response));
          return;
        }
        if (request.method === "POST" && request.url === "/guide") {
          void bodyOf(request).then((body) => guide(body, response));
          return;
        }
        void answer(request).then((body) => {
          if (body === undefined) return next();
          response.setHeader("Content-Type", "application/json; charset=utf-8");
          response.statusCode = body === null ? 404 : 200;
          response.end(JSON.stringify(body ?? { error: { code: "not_found", message: "No such item." } }));
        });
      });
    },
  };
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const body = request.method === "GET" ? (undefined as never) : await bodyOf(request);
  if (url.pathname === "/shop") return shopFacts();
  if (url.pathname === "/categories") return treeOfCategories();
  if (url.pathname === "/items") return listItems(url.searchParams);
  if (url.pathname.startsWith("/items/")) return oneItem(decodeURIComponent(url.pathname.slice(7)), url.searchParams.get("language"));
  if (url.pathname === "/events") return answerEvents(body);
  if (url.pathname === "/recommendations") return recommend(body);
  if (url.pathname === "/search") return search(body);
  if (url.pathname === "/autocomplete") return complete(body);
  if (url.pathname === "/explain") return explain(body);
  if (url.pathname === "/profile") return profile(body);
  if (url.pathname === "/profile/wishes") return putWish(body);
  if (url.pathname === "/onboarding") return onboarding(body);
  return undefined;
}

const bodyOf = async (request: IncomingMessage) => JSON.parse(await textOf(request)) as never;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
