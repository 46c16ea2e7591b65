import { HttpError } from "../../core/errors.ts";
import { textAt, type Json } from "../../core/flux/read-json.ts";
import type { Kubernetes } from "./connect.ts";
import { listAll } from "./list-all.ts";

export type WatchedKind<T = Json> = {
  readonly objects: () => readonly T[];
  /** Of the version that the server has. */
  readonly path: () => string;
  /** Why what `objects` says may be old; undefined while the watch is up. */
  readonly problem: () => Error | undefined;
  /** Resolves after the first list, whether it went well or not. */
  readonly listed: Promise<void>;
  readonly stop: () => void;
};

const longestPauseMs = 30_000;
const absentPauseMs = 60_000;

type Options<T> = {
  readonly path: string;
  /** Of other versions of the kind: the first that the server has is watched. */
  readonly otherPaths?: readonly string[];
  /** What is kept of an object: it is read once, when it comes. */
  readonly read: (object: Json) => T | undefined;
  /** Without an object: all were listed anew, or cannot be. */
  readonly onChange: (object: T | undefined) => void;
};

/**
 * Keeps the objects of one path in memory: list, watch, list again when the watch is refused. A
 * kind that is not installed (404) is empty and looked for again every minute.
 */
export function watchKind<T>(kubernetes: Kubernetes, options: Options<T>): WatchedKind<T> {
  const { onChange, read } = options;
  const paths = [options.path, ...(options.otherPaths ?? [])];
  let [path = options.path] = paths;
  const objects = new Map<string, T>();
  const controller = new AbortController();
  const { signal } = controller;
  let problem: Error | undefined = new Error("it was not read yet");
  let firstDone = (): void => undefined;
  const listed = new Promise<void>((resolve) => (firstDone = resolve));

  function put(item: Json): T | undefined {
    const object = read(item);
    if (object === undefined) objects.delete(keyOf(item));
    else objects.set(keyOf(item), object);
    return object;
  }

  async function follow(): Promise<void> {
    let pause = 500;
    while (!signal.aborted) {
      try {
        const { items, resourceVersion, path: served } = await listServed(kubernetes, paths);
        if (signal.aborted) return;
        path = served;
        objects.clear();
        for (const item of items) put(item);
        problem = undefined;
        pause = 500;
        firstDone();
        onChange(undefined);
        await watchFrom(resourceVersion);
      } catch (error) {
        if (signal.aborted) return;
        const absent = error instanceof HttpError && error.status === 404;
        // What never was there is looked for each minute: that it is not is no news.
        const isNews = !absent || problem !== undefined || objects.size > 0;
        if (absent) objects.clear();
        problem = absent ? undefined : asError(error);
        firstDone();
        if (isNews) onChange(undefined);
        await sleep(absent ? absentPauseMs : pause, signal);
        pause = Math.min(pause * 2, longestPauseMs);
      }
    }
  }

  async function watchFrom(version: string): Promise<void> {
    let resourceVersion = version;
    let stale = false;
    while (!signal.aborted && !stale) {
      const began = Date.now();
      await kubernetes.watch(path, {
        query: { resourceVersion, allowWatchBookmarks: true, timeoutSeconds: 300 },
        signal,
        onEvent: ({ type, object: said }) => {
          // A server may say anything.
          if (typeof said !== "object" || said === null) return;
          const item = said as Json;
          // 410 Gone and its kin: the version is too old, list again.
          if (type === "ERROR") return void (stale = true);
          resourceVersion = textAt(item, "metadata", "resourceVersion") ?? resourceVersion;
          if (type === "BOOKMARK") return;
          const object = put(item);
          if (type === "DELETED") objects.delete(keyOf(item));
          onChange(object);
        },
      });
      // A server that ends every watch at once must not be asked in a tight loop.
      if (Date.now() - began < 500) await sleep(500, signal);
    }
  }

  void follow();
  return {
    objects: () => [...objects.values()],
    path: () => path,
    problem: () => problem,
    listed,
    stop: () => controller.abort(),
  };
}

/** Lists the first of the paths that the server has. @throws HttpError 404 when it has none */
export async function listServed(kubernetes: Kubernetes, paths: readonly string[]) {
  for (const [index, path] of paths.entries()) {
    try {
      return { path, ...(await listAll(kubernetes, path)) };
    } catch (error) {
      const absent = error instanceof HttpError && error.status === 404;
      if (!absent || index === paths.length - 1) throw error;
    }
  }
  throw new Error("a kind without a path");
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function keyOf(item: Json): string {
  return `${textAt(item, "metadata", "namespace") ?? ""}/${textAt(item, "metadata", "name") ?? ""}`;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
