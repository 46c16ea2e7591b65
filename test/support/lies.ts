// What an API may answer that is not so, or not what was asked for.
import type { IncomingMessage, ServerResponse } from "node:http";

const all = ["discover", "get", "list", "watch", "log", "patch", "post", "put"];
const documents = ["discover", "get", "list", "patch", "post", "put"];

/** Each with the kinds of calls that it is told of. */
export const lies = {
  "404": all,
  "400": all,
  "403": all,
  "410": all,
  "429": all,
  "500": all,
  empty: all,
  cut: all,
  "no JSON": all,
  "another document": [...documents, "watch"],
  "a Status": all,
  "null items": ["list", "discover"],
  "no metadata": [...documents, "watch"],
  "no uid nor version": [...documents, "watch"],
  "an end": ["watch"],
  "an error": ["watch"],
  "a bookmark": ["watch"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Lie = keyof typeof lies;

type Told = {
  /** What the API behind it answers. */
  readonly real: IncomingMessage;
  readonly response: ServerResponse;
  readonly isWatch: boolean;
  readonly lie: Lie | undefined;
};

const json = { "Content-Type": "application/json" };
const odd = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message: "odd" };

/**
 * Answers: what the API behind it did is done, whatever is said of it. What it refuses is true: a kind
 * that it does not have is asked for by many routes, and one lie after another would be an outage.
 */
export function lieTo({ real, response, isWatch, lie }: Told): void {
  if (lie === undefined || (real.statusCode ?? 500) >= 400) {
    response.writeHead(real.statusCode ?? 502, real.headers);
    real.pipe(response);
    return;
  }
  if (/^\d+$/.test(lie)) {
    const code = Number(lie);
    real.resume();
    response.writeHead(code, { ...json, ...(code === 429 ? { "Retry-After": "1" } : {}) });
    response.end(JSON.stringify({ ...odd, code, reason: "Odd" }));
    return;
  }
  if (isWatch) return lieToWatch(real, response, lie);
  const chunks: Buffer[] = [];
  real.on("data", (chunk: Buffer) => chunks.push(chunk));
  real.on("end", () => {
    response.writeHead(real.statusCode ?? 502, json);
    response.end(changed(Buffer.concat(chunks).toString("utf8"), lie));
  });
}

/** The first event is told of in its place, or there is none; what comes later is true. */
function lieToWatch(real: IncomingMessage, response: ServerResponse, lie: Lie): void {
  response.writeHead(200, json);
  const line = (text: string) => void response.write(`${text}\n`);
  switch (lie) {
    case "empty":
    case "an end":
      real.resume();
      return void response.end();
    case "an error":
      line(JSON.stringify({ type: "ERROR", object: { ...odd, code: 410, reason: "Expired" } }));
      return void real.pipe(response);
    case "a bookmark":
      line(JSON.stringify({ type: "BOOKMARK", object: { metadata: { resourceVersion: "1" } } }));
      return void response.end();
    case "a Status":
      line(JSON.stringify(odd));
      return void real.pipe(response);
    default: {
      let isFirst = true;
      let rest = "";
      real.on("data", (chunk: Buffer) => {
        const lines = (rest + chunk.toString("utf8")).split("\n");
        rest = lines.pop() ?? "";
        for (const one of lines) {
          if (isFirst && lie === "cut") {
            real.destroy();
            return void response.end(one.slice(0, one.length / 2));
          }
          line(isFirst ? changedEvent(one, lie) : one);
          isFirst = false;
        }
      });
      real.on("end", () => response.end());
    }
  }
}

function changedEvent(text: string, lie: Lie): string {
  const { type, object } = JSON.parse(text) as { readonly type: string; readonly object: object };
  if (lie === "no JSON") return "<html>";
  if (lie === "another document") return JSON.stringify({ type, object: { items: [object] } });
  return JSON.stringify({ type, object: lessOf(object, lie) });
}

function changed(text: string, lie: Lie): string {
  switch (lie) {
    case "empty":
      return "";
    case "cut":
      return text.slice(0, text.length / 2);
    case "no JSON":
      return "<html>Sign in</html>";
    case "a Status":
      return JSON.stringify({ ...odd, status: "Success" });
    default: {
      const document = parsed(text);
      if (lie === "null items") {
        return JSON.stringify({ ...document, items: null, resources: null, groups: null });
      }
      if (lie !== "another document") return JSON.stringify(lessOf(document, lie));
      const isList = Array.isArray(document["items"]);
      const one = { apiVersion: "v1", kind: "Node", metadata: { name: "other", uid: "other" } };
      return JSON.stringify(isList ? one : { apiVersion: "v1", kind: "List", items: [document] });
    }
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** Without metadata, or without what tells an object and its state from others; of a list each. */
function lessOf(document: object, lie: Lie): object {
  const { items, metadata, ...rest } = document as {
    readonly items?: readonly object[];
    readonly metadata?: object;
  };
  const known: Record<string, unknown> = { ...metadata };
  delete known["uid"];
  delete known["resourceVersion"];
  return {
    ...rest,
    ...(lie === "no metadata" ? {} : { metadata: known }),
    ...(items === undefined ? {} : { items: items.map((item) => lessOf(item, lie)) }),
  };
}
