import type { Environment } from "@marcbachmann/cel-js";

// Of what Go's url.ParseRequestURI takes, the forms whose parts are beyond doubt.
const plain =
  /^(?:([a-z][a-z0-9+.-]*):\/\/((?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d*))?|(?=\/)))?(\/(?:[\w.~!$&'()*+,;=:@/-]|%[0-9a-f]{2})*)?(?:\?([\w.~!$&'()*+,;=:@/?%-]*))?$/i;
const noUrl = /^$|^[^:/]*$|[\s\p{Cc}]/u;

class Url {
  readonly parts: readonly string[];
  constructor(parts: readonly string[]) {
    this.parts = parts;
  }
}

/** Kubernetes' URL library. */
export function addUrls(environment: Environment): void {
  const type = "kubernetes.URL";
  environment.registerType(type, Url);
  environment
    .registerFunction(`url(string): ${type}`, (text: string) => {
      const url = urlOf(text);
      if (url) return url;
      throw new Error(`${text} is no URL`);
    })
    .registerFunction("isURL(string): bool", (text: string) => urlOf(text) !== undefined);
  const get = (name: string, read: (url: Url) => string) =>
    environment.registerFunction(`${type}.${name}(): string`, read);
  get("getScheme", ({ parts: [, scheme = ""] }) => scheme.toLowerCase());
  get("getHost", ({ parts: [, , host = ""] }) => host);
  get("getHostname", ({ parts: [, , host = ""] }) =>
    host.replace(/:\d*$/, "").replace(/[[\]]/g, ""),
  );
  get("getPort", ({ parts: [, , , port = ""] }) => port);
  get("getEscapedPath", ({ parts: [, , , , path = ""] }) => path);
}

/** @throws Error for a text that only Go can tell. */
function urlOf(text: string): Url | undefined {
  const parts = plain.exec(text);
  if (parts && text !== "" && !text.startsWith("?")) return new Url([...parts]);
  if (noUrl.test(text)) return undefined;
  throw new Error(`whether ${text} is a URL cannot be told here`);
}
