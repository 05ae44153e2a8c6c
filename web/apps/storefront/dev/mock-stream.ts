/** The pretend shop's stream: every list of the page at once, and again whenever it changed. */

import type { ServerResponse } from "node:http";
import { answerOne, type Question } from "./mock-answers.ts";
import { onChange } from "./mock-shopper.ts";

const HEARTBEAT_MS = 15_000;

export function stream(body: Question & { requests?: Question[] }, response: ServerResponse): void {
  const questions = body.requests ?? [body];
  const shown = questions.map(() => "");
  const push = () =>
    questions.forEach((question, number) => {
      const slate = answerOne(question);
      const order = slate.items.map((item) => item.item_id).join();
      if (order === shown[number]) return;
      shown[number] = order;
      response.write(`event: slate\ndata: ${JSON.stringify(slate)}\n\n`);
    });
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  push();
  const forget = onChange(push);
  const timer = setInterval(() => response.write(": still here\n\n"), HEARTBEAT_MS);
  response.on("close", () => {
    clearInterval(timer);
    forget();
  });
}
