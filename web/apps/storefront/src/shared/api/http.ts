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
  return call(path, withBody("POST", body, signal));
}

export function put(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  return call(path, withBody("PUT", body, signal));
}

/** An answer that comes in pieces for as long as it is read; failures are told as for every call. */
export async function openStream(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  const asked = withBody("POST", body, signal);
  const response = await send(path, { ...asked, headers: { ...asked.headers, Accept: "text/event-stream" } });
  if (!response.ok) throw await failureOf(response);
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    throw new ApiError("not_found", "What answers here is no stream.", 404);
  }
  return response;
}

function withBody(method: string, body: unknown, signal: AbortSignal | undefined): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal };
}

async function call(path: string, init: RequestInit): Promise<unknown> {
  const response = await send(path, init);
  if (!response.ok) throw await failureOf(response);
  return response.json().catch(() => undefined);
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${apiKey}` } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError("offline", "The server cannot be reached.", 0);
  }
}

async function failureOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const { code = "unexpected", message = `HTTP ${response.status}` } = (body as ErrorBody | undefined)?.error ?? {};
  return new ApiError(code, message, response.status);
}

type ErrorBody = { error?: { code?: string; message?: string } };
