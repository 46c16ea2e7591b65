import { HttpError, causeText } from "../../core/errors.ts";
import { isObject, textAt } from "../../core/flux/read-json.ts";

type Asked = { readonly server: string; readonly path: string };

/** No answer came, or one that cannot be read. */
export function unanswered({ server }: Pick<Asked, "server">, error: unknown): HttpError {
  return new HttpError(`No answer from the Kubernetes API at ${server}: ${reasonOf(error)}`, {
    code: "kubernetes-unreachable",
    status: 0,
    hint: "Check that it runs and that its address in the kubeconfig is right.",
    cause: error,
  });
}

/** An answer outside 200-299, with the reason that its body may tell. */
export function refused(
  { server, path }: Asked,
  { status, text }: { readonly status: number; readonly text: string },
): HttpError {
  const body = bodyOf(text);
  const message = textAt(body, "message") ?? text.slice(0, 300);
  const hint = hints[status];
  return new HttpError(
    `The Kubernetes API at ${server} answered ${status} to ${path.split("?")[0]}: ${message}`,
    {
      code: textAt(body, "reason") ?? `http-${status}`,
      status,
      ...(hint === undefined ? {} : { hint }),
    },
  );
}

/** @throws HttpError: a proxy's or a portal's page is no answer of the API. */
export function parsed(asked: Asked, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unanswered(asked, new Error("what answers there does not speak JSON"));
  }
  // Nothing that is called here is answered by one when it went well.
  if (isObject(value) && value["kind"] === "Status" && value["apiVersion"] === "v1") {
    throw refused(asked, { status: codeOf(value), text });
  }
  return value;
}

// Said with 200, it is refused all the same.
function codeOf({ code }: { readonly code?: unknown }): number {
  return typeof code === "number" && code >= 500 && code < 600 ? code : 0;
}

/** The API says that it is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof HttpError && error.status === 404;
}

/** The API says that its rights do not allow it. */
export function isForbidden(error: unknown): boolean {
  return error instanceof HttpError && error.status === 403;
}

const hints: Readonly<Record<number, string>> = {
  401: "Check the user in its kubeconfig: a token or certificate may have expired.",
  403: "Grant the connector's identity get, list and watch there.",
};

// Where a host has several addresses the error of all of them has no text of its own.
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") {
    return [...new Set(error.errors.map(causeText))].join(", ");
  }
  return causeText(error);
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
