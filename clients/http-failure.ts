// What a refusal of Azure DevOps means. Bodies: `{message, typeKey}`, for invalid arguments
// `{value: {Message}}`; an expired token answers 203 with the sign-in page, or a redirect to it.
import { HttpError, TimeoutError } from "../core/errors.ts";
import { shownUrl } from "./shown-url.ts";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
};

/** Does the failure say that the service does not work now, rather than refuse this one call? */
export function isDown(error: unknown): boolean {
  if (error instanceof TimeoutError) return true;
  if (!(error instanceof HttpError)) return false;
  return [0, 401, 408, 429, 502, 503, 504].includes(error.status);
}

type Asked = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** @returns undefined when the answer is a success; `retryAfter` in milliseconds. */
export function failureOf(
  asked: Asked,
  answer: HttpAnswer,
  retryAfter: number | undefined,
): HttpError | undefined {
  const { status } = answer;
  if (notSignedIn(asked, answer)) {
    return new HttpError(`Failed to sign in to ${new URL(asked.url).origin}`, {
      code: "not-signed-in",
      status,
      hint: "Check that the token is of this organisation, not expired and not revoked.",
      cause: errorBody(answer.text).message,
    });
  }
  if (status >= 200 && status < 300) return undefined;
  const body = errorBody(answer.text);
  const said = body.message ?? serviceError(answer.headers);
  return new HttpError(
    `${asked.method} ${shownUrl(asked.url)} answered ${status}${said === undefined ? "" : `: ${said}`}`,
    { code: body.typeKey ?? `http-${status}`, status, retryAfter },
  );
}

function notSignedIn(asked: Asked, { status, headers }: HttpAnswer): boolean {
  const html = headers.get("content-type")?.startsWith("text/html") ?? false;
  const wantedJson = asked.headers?.["Accept"] === undefined;
  // Status 0 is what a browser shows of a redirect that was not followed.
  return status === 401 || status === 203 || status === 0 || status === 302
    ? true
    : status === 200 && html && wantedJson;
}

function errorBody(text: string): { readonly message?: string; readonly typeKey?: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof parsed !== "object" || parsed === null) return {};
  const body = parsed as { message?: unknown; typeKey?: unknown; value?: { Message?: unknown } };
  const message = body.message ?? body.value?.Message;
  return {
    ...(typeof message === "string" ? { message: oneLine(message) } : {}),
    ...(typeof body.typeKey === "string" ? { typeKey: body.typeKey } : {}),
  };
}

function serviceError(headers: Headers): string | undefined {
  const value = headers.get("x-tfs-serviceerror");
  if (value === null) return undefined;
  try {
    return oneLine(decodeURIComponent(value.replaceAll("+", " ")));
  } catch {
    return oneLine(value);
  }
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
