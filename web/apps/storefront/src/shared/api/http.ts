/** Calls to the shop's own server: one key, one error type. */

export class ApiError extends Error {
  override name = "ApiError";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The publishable key that the server wrote into the page. */
export const apiKey = document.querySelector<HTMLMetaElement>('meta[name="daogou-key"]')?.content ?? "";

export function get(path: string, query: Record<string, string | number | undefined> = {}, signal?: AbortSignal): Promise<unknown> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== "") search.set(name, String(value));
  const suffix = search.size > 0 ? `?${search}` : "";
  return call(path + suffix, { signal });
}

export function post(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal });
}

async function call(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${apiKey}` } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("offline", "The server cannot be reached.", 0);
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return body;
  const { code = "unexpected", message = `HTTP ${response.status}` } = (body as ErrorBody | undefined)?.error ?? {};
  throw new ApiError(code, message, response.status);
}

type ErrorBody = { error?: { code?: string; message?: string } };
