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

/** `docker build -f build/Dockerfile.api -t … .`, the context wherever it stands among the options. */
function commandOf(line: string) {
  const [, rest] = /\bdocker(?: buildx)? build\s(.{1,2000})/.exec(line) ?? [];
  if (rest === undefined) return undefined;
  const words = (rest.split(/&&|\||;|["'`]?\s*$/)[0] ?? "").trim().split(/\s+/);
  const valueOf = (option: string, at: number) =>
    option.includes("=") ? option.slice(option.indexOf("=") + 1) : words[at + 1];
  const file = words.findIndex((word) => /^(-f|--file)(=|$)/.test(word));
  const dockerfile = plain(file < 0 ? undefined : valueOf(words[file] ?? "", file));
  const context = words.findLast(
    (word, at) => !word.startsWith("-") && !takesValue(words[at - 1] ?? ""),
  );
  return { dockerfile, context: plain(context) };
}

/** Whether the word behind an option is its value. */
function takesValue(option: string): boolean {
  const isSwitch = /^(-q|-D|--(quiet|debug|pull|push|load|rm|force-rm|no-cache|squash|compress))$/;
  return option.startsWith("-") && !option.includes("=") && !isSwitch.test(option);
}

/** `dockerfile:` and `buildContext:` among the inputs of Docker@2. */
function inputsOf(lines: readonly string[], at: number) {
  const valueOf = (name: RegExp, line = "") =>
    plain(name.exec(line)?.[1]?.replace(/^(["'])(.*)\1$/, "$2"));
  const dockerfile = valueOf(/^\s*dockerfile:\s*([^#]*[^#\s])/i, lines[at]);
  if (dockerfile === undefined) return undefined;
  const context = blockAround(lines, at).find((line) => /^\s*buildContext:/i.test(line));
  return { dockerfile, context: valueOf(/^\s*buildContext:\s*([^#]*[^#\s])/i, context) };
}

// Docker@2 has fewer inputs.
const mostAround = 20;

/** The lines around one that stand as deep, or deeper: another step's are none of them. */
function blockAround(lines: readonly string[], at: number): readonly string[] {
  const depthOf = (line = "") => line.search(/\S/);
  const isOutside = (line: string) => depthOf(line) >= 0 && depthOf(line) < depthOf(lines[at]);
  const above = lines.slice(Math.max(0, at - mostAround), at);
  const below = lines.slice(at + 1, at + 1 + mostAround);
  const end = below.findIndex(isOutside);
  return [
    ...above.slice(above.findLastIndex(isOutside) + 1),
    ...below.slice(0, end < 0 ? undefined : end),
  ];
}

/** A path as the repository has it; what holds variables or wildcards says nothing. */
function plain(path: string | undefined): string | undefined {
  if (path === undefined || !/^[\w./-]+$/.test(path) || path.startsWith("-")) return undefined;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return path.startsWith("/") || parts.includes("..") ? undefined : parts.join("/") || ".";
}
