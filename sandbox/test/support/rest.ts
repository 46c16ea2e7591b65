import type { Sandbox } from "../../azure-devops/create-sandbox.ts";
import type { IdentityName } from "./sandbox-with.ts";

/** Calls the sandbox's REST as one identity, without the product's own clients. */
export type Rest = {
  readonly get: <T>(path: string) => Promise<T>;
  readonly send: <T>(method: string, path: string, body?: unknown) => Promise<T>;
};

/** @throws with method, path, status and the service's message for every refusal. */
export function restOf(sandbox: Pick<Sandbox, "organisationUrl">, identity: IdentityName): Rest {
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.organisationUrl}/${path}`, {
      method,
      headers: {
        Authorization: `Basic ${Buffer.from(`:sandbox-${identity}`).toString("base64")}`,
        Accept: "application/json;api-version=7.1-preview",
        "Content-Type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
    return (isJson ? JSON.parse(text) : text) as T;
  };
  return { send, get: (path) => send("GET", path) };
}
