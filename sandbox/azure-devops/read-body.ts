// What a call carries, as far as every route takes it alike: a JSON mapping or list, whose names and
// titles are texts.
import type { IncomingMessage } from "node:http";
import { ApiError, refusals } from "./api-error.ts";
import type { Route } from "./route.ts";

const maxBody = 64 * 1024 * 1024;
const texts = ["name", "title", "description", "comment", "path"];

/** @throws ApiError for more than a request may hold */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) throw new ApiError(413, "RequestTooLarge", "The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws ApiError for what is no JSON, or nothing that a call can carry */
export function parseBody(bytes: Buffer, contentType: string, { area }: Route): unknown {
  if (bytes.length === 0 || !contentType.includes("json")) return undefined;
  const body = parse(bytes.toString("utf8"));
  // The vendor's client for Node writes it where a call carries nothing.
  if (body === null) return undefined;
  if (typeof body !== "object") {
    throw refusals.argument("Value cannot be null.\r\nParameter name: The request body");
  }
  // A document of an extension is whatever the extension says.
  if (area === "ExtensionManagement") return body;
  if (Array.isArray(body)) {
    if (!body.includes(null)) return body;
    throw refusals.argument("Value cannot be null.\r\nParameter name: The request body");
  }
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]: [string, unknown]) => {
      if (!texts.includes(key) || typeof value === "string") return [[key, value]];
      // Nothing is as if it were not there, a number or flag is read as the text of it.
      if (value === null) return [];
      if (typeof value === "number" || typeof value === "boolean") return [[key, String(value)]];
      throw refusals.argument(`Invalid argument value.\r\nParameter name: ${key}`);
    }),
  );
}

function parse(text: string): unknown {
  try {
    const read = JSON.parse(text) as unknown;
    // Half of a character that only escapes can write: .NET puts a sign of its own in its place.
    if (!/\\u[dD][89a-fA-F]/.test(text)) return read;
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === "string" ? Buffer.from(value, "utf8").toString("utf8") : value,
    ) as unknown;
  } catch {
    throw new ApiError(400, "VssPropertyValidationException", "The request body is no JSON.");
  }
}

/**
 * A handler that met a value of another kind than its route takes: the caller's fault, if he sent
 * any. It may be ours all the same, so that it is told where it happened. Undefined for a defect.
 */
export function misread(error: unknown, bytes: Buffer): ApiError | undefined {
  if (!(error instanceof TypeError) || bytes.length === 0) return undefined;
  process.stderr.write(`${error.stack ?? error.message}\n`);
  return refusals.argument(`Invalid argument value.\r\nParameter name: ${error.message}`);
}
