import { setTimeout } from "node:timers/promises";
import { isObject, textAt, type Json } from "../../core/flux/read-json.ts";
import { monotonicNow } from "../monotonic.ts";
import type { Kubernetes } from "./connect.ts";
import { isAbsent } from "./failure.ts";
import { createAskServed, type AskServed } from "./kinds-served.ts";
import { listServed } from "./list-served.ts";
import { isNamed } from "./odd-document.ts";

export type WatchedKind<T = Json> = {
  readonly objects: () => readonly T[];
  /** Of the version that the server has. */
  readonly path: () => string;
  /** Why what `objects` says may be old; undefined while the watch is up. */
  readonly problem: () => Error | undefined;
  /** The kind is surely not installed, as far as was looked. */
  readonly absent: () => boolean;
  /** Resolves after the first list, whether it went well or not. */
  readonly listed: Promise<void>;
  readonly stop: () => void;
};

const shortestPauseMs = 500;
const longestPauseMs = 30_000;
const usualAbsentPauseMs = 60_000;
// Between two watches, or two lists that went well, of a server that ends every watch at once.
const longestRestMs = 5_000;
const livedMs = 10_000;

type Options<T> = {
  readonly path: string;
  /** Of other versions of the kind: the first that the server has is watched. */
  readonly otherPaths?: readonly string[];
  /** Shared by the kinds of a cluster: those that it does not have cost a few calls together. */
  readonly askServed?: AskServed;
  /** Between two looks for a kind that is not installed. Default: a minute. */
  readonly absentPauseMs?: number;
  /** What is kept of an object: it is read once, when it comes. */
  readonly read: (object: Json) => T | undefined;
  /** Without an object: all were listed anew, or cannot be. */
  readonly onChange: (object: T | undefined) => void;
};

/**
 * Keeps the objects of one path in memory: list, watch, list again when the watch is refused or says
 * what is no event. A kind that is not installed is empty and looked for again every minute.
 */
export function watchKind<T>(kubernetes: Kubernetes, options: Options<T>): WatchedKind<T> {
  const { onChange, read, absentPauseMs = usualAbsentPauseMs } = options;
  const askServed = options.askServed ?? createAskServed(kubernetes);
  const paths = [options.path, ...(options.otherPaths ?? [])];
  let [path = options.path] = paths;
  const objects = new Map<string, T>();
  const controller = new AbortController();
  const { signal } = controller;
  let problem: Error | undefined = new Error("it was not read yet");
  let absent = false;
  let firstDone = (): void => undefined;
  const listed = new Promise<void>((resolve) => (firstDone = resolve));

  function put(item: Json): T | undefined {
    const object = read(item);
    if (object === undefined) objects.delete(keyOf(item));
    else objects.set(keyOf(item), object);
    return object;
  }

  async function follow(): Promise<void> {
    const failing = pauses(longestPauseMs);
    const resting = pauses(longestRestMs);
    while (!signal.aborted) {
      const began = monotonicNow();
      try {
        const version = await list();
        failing.forget();
        if (version !== undefined) await watchFrom(version);
        else await sleep(absentPauseMs, signal);
        if (monotonicNow() - began > livedMs) resting.forget();
        else await sleep(resting.next(), signal);
      } catch (error) {
        if (signal.aborted) return;
        problem = error instanceof Error ? error : new Error(String(error));
        firstDone();
        onChange(undefined);
        await sleep(failing.next(), signal);
      }
    }
  }

  /** The version to watch from; undefined where the kind is not installed. */
  async function list(): Promise<string | undefined> {
    const wasSilent = problem !== undefined;
    let found: Awaited<ReturnType<typeof listServed>> | undefined;
    try {
      // Once it surely was not there, the server says first whether it has come.
      if (!absent || (await askServed(paths))) found = await listServed(kubernetes, paths);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    if (signal.aborted) return undefined;
    absent = found === undefined;
    // What never was there is looked for each minute: that it is not is no news.
    const isNews = !absent || wasSilent || objects.size > 0;
    path = found?.path ?? path;
    objects.clear();
    for (const item of found?.items ?? []) put(item);
    problem = undefined;
    firstDone();
    if (isNews) onChange(undefined);
    return found?.resourceVersion;
  }

  async function watchFrom(version: string): Promise<void> {
    const resting = pauses(longestRestMs);
    let resourceVersion = version;
    const one = new AbortController();
    while (!signal.aborted && !one.signal.aborted) {
      const began = monotonicNow();
      await kubernetes.watch(path, {
        query: { resourceVersion, allowWatchBookmarks: true, timeoutSeconds: 300 },
        signal: AbortSignal.any([signal, one.signal]),
        onEvent: ({ type, object: item }) => {
          // A version that is too old (410 Gone), or whatever else a server may say: an event that
          // cannot be read is one that would be missed.
          if (!isObject(item) || !isKnown(type)) return one.abort();
          if (type !== "BOOKMARK") {
            if (!isNamed(item)) return one.abort();
            const object = put(item);
            if (type === "DELETED") objects.delete(keyOf(item));
            onChange(object);
          }
          resourceVersion = textAt(item, "metadata", "resourceVersion") ?? resourceVersion;
        },
      });
      if (monotonicNow() - began > livedMs) resting.forget();
      else if (!one.signal.aborted) await sleep(resting.next(), signal);
    }
  }

  void follow();
  return {
    objects: () => [...objects.values()],
    path: () => path,
    problem: () => problem,
    absent: () => absent,
    listed,
    stop: () => controller.abort(),
  };
}

function isKnown(type: string): boolean {
  return ["ADDED", "MODIFIED", "DELETED", "BOOKMARK"].includes(type);
}

/** Each twice as long as the one before. */
function pauses(longestMs: number) {
  let pause = shortestPauseMs;
  return {
    next: () => {
      const now = pause;
      pause = Math.min(pause * 2, longestMs);
      return now;
    },
    forget: () => void (pause = shortestPauseMs),
  };
}

function keyOf(item: Json): string {
  return `${textAt(item, "metadata", "namespace") ?? ""}/${textAt(item, "metadata", "name") ?? ""}`;
}

/** Ends early, and without an error, when the signal says so. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
