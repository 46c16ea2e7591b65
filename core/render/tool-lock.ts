import type { Problem } from "../errors.ts";
import { isRecord } from "../manifests/parse.ts";

/** Which programs render a delivery, to the byte: `fluxgate.lock.json`, written by `fluxgate lock`. */
export type ToolLock = Readonly<Record<string, LockedTool>>;

export type LockedTool = {
  readonly version: string;
  /** Platform (`linux-x64`) → sha256 of the program. */
  readonly sha256: Readonly<Record<string, string>>;
};

/** A program as it is on this machine. */
export type FoundTool = {
  readonly tool: string;
  readonly version: string;
  readonly sha256: string;
};

export const toolLockFile = "fluxgate.lock.json";

export function parseToolLock(
  text: string,
  file: string,
): { readonly lock?: ToolLock; readonly problems: readonly Problem[] } {
  const refuse = (message: string) => ({ problems: [{ file, message }] });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("the tool lock is not valid JSON");
  }
  if (!isRecord(value) || value["kind"] !== "ToolLock" || !isRecord(value["tools"])) {
    return refuse('this is no tool lock (kind "ToolLock" with a mapping "tools")');
  }
  const problems = Object.entries(value["tools"]).flatMap(([tool, entry]) => {
    const problem = entryProblem(entry);
    return problem ? [{ file, message: `tools.${tool} ${problem}` }] : [];
  });
  return problems.length > 0 ? { problems } : { lock: value["tools"] as ToolLock, problems };
}

function entryProblem(entry: unknown): string | undefined {
  if (!isRecord(entry)) return "must be a mapping";
  const { version, sha256 } = entry;
  if (typeof version !== "string" || version === "") return "lacks a version";
  const sums = isRecord(sha256) ? Object.values(sha256) : [];
  const good = sums.length > 0 && sums.every((sum) => /^[0-9a-f]{64}$/.test(String(sum)));
  return good ? undefined : "lacks sha256: a platform and 64 hexadecimal digits";
}

/** Where the programs of this machine are others than the lock names. */
export function lockProblems(
  lock: ToolLock,
  found: readonly FoundTool[],
  platform: string,
): readonly Problem[] {
  const problem = ({ tool, version, sha256 }: FoundTool): string | undefined => {
    const locked = Object.hasOwn(lock, tool) ? lock[tool] : undefined;
    if (locked === undefined) return `${tool} is used and not locked`;
    if (locked.version !== version) return `${tool} is ${version}, locked is ${locked.version}`;
    const sum = locked.sha256[platform];
    if (sum === undefined) return `${tool} is not locked for ${platform}`;
    return sum === sha256
      ? undefined
      : `${tool} ${version} is another program than the locked one: its sha256 is ${sha256}, not ${sum}`;
  };
  return found.flatMap((each) => {
    const message = problem(each);
    return message === undefined ? [] : [{ file: toolLockFile, message }];
  });
}

/** The lock with these programs; other platforms' sums stay where the version does. */
export function lockTools(
  before: ToolLock,
  found: readonly FoundTool[],
  platform: string,
): ToolLock {
  return Object.fromEntries(
    found.map(({ tool, version, sha256 }) => {
      const known = Object.hasOwn(before, tool) ? before[tool] : undefined;
      const others = known?.version === version ? known.sha256 : {};
      return [tool, { version, sha256: { ...others, [platform]: sha256 } }];
    }),
  );
}

/** The text of the file. */
export function writeToolLock(tools: ToolLock): string {
  return `${JSON.stringify({ apiVersion: "fluxgate.dev/v1", kind: "ToolLock", tools }, null, 2)}\n`;
}
