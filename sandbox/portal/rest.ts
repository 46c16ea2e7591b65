import { currentIdentity, tokenOf } from "./session.ts";

/** A refusal of the sandbox, with the message that the service gives. */
export class RestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Calls `{organisation}/{path}` as the identity that the portal's menu shows. */
export async function call<T>(
  path: string,
  options: { readonly method?: string; readonly body?: unknown } = {},
): Promise<T> {
  const response = await fetch(`/${organisation()}/${path}`, {
    method: options.method ?? "GET",
    headers: {
      Authorization: `Basic ${btoa(`:${tokenOf(currentIdentity())}`)}`,
      Accept: "application/json;api-version=7.1",
      // The switches of the page Faults are for others.
      "X-Sandbox-Portal": "own",
      ...(options.body === undefined ? {} : { "Content-Type": "application/json" }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new RestError(response.status, messageOf(text) ?? response.statusText);
  const json = response.headers.get("Content-Type")?.includes("json");
  return (json ? JSON.parse(text) : text) as T;
}

/** The `value` of a list answer. */
export async function list<T>(path: string): Promise<readonly T[]> {
  return (await call<{ readonly value: readonly T[] }>(path)).value;
}

function organisation(): string {
  return location.pathname.split("/")[1] ?? "";
}

function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { message?: string }).message;
  } catch {
    return text.slice(0, 300) || undefined;
  }
}
