import type { RepositoryFile } from "./repository-file.ts";

export type KnownContext = { readonly context: string; readonly place: string };

/** Dockerfile → the context that a pipeline builds it with today, where its text says both. */
export function buildContexts(
  pipelines: readonly RepositoryFile[],
): ReadonlyMap<string, KnownContext> {
  const found = new Map<string, KnownContext>();
  for (const { path, text } of pipelines) {
    const lines = text.split("\n");
    for (const [at, line] of lines.entries()) {
      const build = commandOf(line) ?? inputsOf(lines, at);
      if (build === undefined) continue;
      const { dockerfile, context } = build;
      if (dockerfile !== undefined && context !== undefined && !found.has(dockerfile)) {
        found.set(dockerfile, { context, place: `${path}:${at + 1}` });
      }
    }
  }
  return found;
}

/** `docker build -f build/Dockerfile.api -t … .` */
function commandOf(line: string) {
  const [, rest] = /\bdocker(?: buildx)? build\s(.{1,2000})/.exec(line) ?? [];
  if (rest === undefined) return undefined;
  const words = (rest.split(/&&|\||;|["'`]?\s*$/)[0] ?? "").trim().split(/\s+/);
  const file = words.findIndex((word) => /^(-f|--file)$/.test(word));
  const given = words.find((word) => word.startsWith("--file="))?.slice("--file=".length);
  return { dockerfile: plain(given ?? words[file + 1]), context: plain(words.at(-1)) };
}

/** `dockerfile:` and `buildContext:` among the inputs of Docker@2. */
function inputsOf(lines: readonly string[], at: number) {
  const valueOf = (name: RegExp, line = "") =>
    plain(name.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/, "$2"));
  const dockerfile = valueOf(/^\s*dockerfile:\s*([^#]*[^#\s])/i, lines[at]);
  if (dockerfile === undefined) return undefined;
  const near = lines.slice(Math.max(0, at - 6), at + 7);
  const context = near.find((line) => /^\s*buildContext:/i.test(line));
  return { dockerfile, context: valueOf(/^\s*buildContext:\s*([^#]*[^#\s])/i, context) };
}

/** A path as the repository has it; what holds variables or wildcards says nothing. */
function plain(path: string | undefined): string | undefined {
  if (path === undefined || !/^[\w./-]+$/.test(path) || path.startsWith("-")) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return path.startsWith("/") || parts.includes("..") ? undefined : parts.join("/") || ".";
}
