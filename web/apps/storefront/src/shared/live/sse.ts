/** Server-sent events read from a fetch, which, unlike EventSource, can send a body and a key. */

export type ServerEvent = { name: string; data: string };

/** Give it pieces of text as they come; it calls back once per whole event. Comments are dropped. */
export function eventReader(onEvent: (event: ServerEvent) => void): (piece: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];

  const take = (line: string) => {
    if (line === "") {
      if (data.length > 0) onEvent({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      return;
    }
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === "event") name = value;
    if (field === "data") data.push(value);
  };

  return (piece) => {
    // A piece may end between \r and \n: the \r waits for what follows.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach(take);
  };
}
