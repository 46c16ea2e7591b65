import type { ServerResponse } from "node:http";
import { ApiFailure } from "../api/api-failure.ts";
import { apiVersionOf, type Kind } from "../api/kinds.ts";
import type { KubeObject } from "../api/kube-object.ts";
import type { Change, Store } from "../api/store.ts";

type WatchOptions = {
  readonly kind: Kind;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
  readonly matches: (object: KubeObject) => boolean;
  /** An object as this client asked for it. */
  readonly show: (object: KubeObject) => unknown;
  /** How often a bookmark says where the client stands; about a minute in the real one. */
  readonly bookmarkMs: number;
};

/** Streams changes, one JSON event a line, until the client leaves or its timeout is over. */
export function streamWatch(store: Store, response: ServerResponse, options: WatchOptions): void {
  const { kind, namespace, query, matches, show } = options;
  const apiVersion = apiVersionOf(kind, options.version);
  response.writeHead(200, { "Content-Type": "application/json" });
  response.flushHeaders();
  const send = (type: string, object: unknown) => {
    // Ended by its timeout, it is not yet closed: what comes now is for the client's next watch.
    if (response.writableEnded) return;
    response.write(`${JSON.stringify({ type, object })}\n`);
  };
  const bookmark = (annotations?: Record<string, string>) =>
    send("BOOKMARK", {
      kind: kind.kind,
      apiVersion,
      metadata: {
        resourceVersion: String(store.version()),
        ...(annotations ? { annotations } : {}),
      },
    });
  const pass = (change: Change) => {
    if (change.kind.plural !== kind.plural || change.kind.group !== kind.group) return;
    if (namespace && change.object.metadata.namespace !== namespace) return;
    const is = change.type !== "DELETED" && matches(change.object);
    const was = change.type === "DELETED" ? matches(change.object) : matchesOld(change, matches);
    if (!is && !was) return;
    const type = is ? (was ? "MODIFIED" : "ADDED") : "DELETED";
    send(type, show({ ...change.object, apiVersion }));
  };

  const from = query.get("resourceVersion") ?? "";
  const initial = query.get("sendInitialEvents") === "true" || from === "" || from === "0";
  if (initial) {
    for (const object of store.list(kind, namespace)) {
      if (matches(object)) send("ADDED", show({ ...object, apiVersion }));
    }
    if (query.get("sendInitialEvents") === "true")
      bookmark({ "k8s.io/initial-events-end": "true" });
  } else {
    const missed = store.since(Number(from));
    if (!missed) {
      send("ERROR", tooOld(from, store).status());
      response.end();
      return;
    }
    for (const change of missed) pass(change);
  }

  const unsubscribe = store.subscribe(pass);
  const bookmarks =
    query.get("allowWatchBookmarks") === "true"
      ? setInterval(() => bookmark(), options.bookmarkMs)
      : undefined;
  const seconds = Number(query.get("timeoutSeconds") ?? 0) || 1800 + Math.random() * 1800;
  const timeout = setTimeout(() => response.end(), seconds * 1000);
  response.on("close", () => {
    unsubscribe();
    clearInterval(bookmarks);
    clearTimeout(timeout);
  });
}

function matchesOld(change: Change, matches: (object: KubeObject) => boolean): boolean {
  return change.old !== undefined && matches(change.old);
}

function tooOld(version: string, store: Store): ApiFailure {
  return new ApiFailure(410, "Expired", {
    message: `too old resource version: ${version} (${store.version()})`,
  });
}
