import { readMod } from "./read-mod.ts";

export type ModPins = {
  /** The version of Kubernetes that stands, and the one that comes: `v1.36.3`. */
  readonly kubernetes: { readonly from: string; readonly to: string };
  /** Kubernetes' staging modules, which are released as `v0.36.3` for `v1.36.3`. */
  readonly staging: readonly string[];
  /** Modules of Flux, and what its controller pins: module → version. */
  readonly flux: ReadonlyMap<string, string>;
  /** The oldest language version that all of them take: `1.26.0`. */
  readonly go: string;
  /** `go1.26.8`; only where a toolchain is pinned. */
  readonly toolchain: string;
};

/**
 * A go.mod with all pins that belong together moved. What hangs on them (indirect requirements) is
 * left to Go, which raises it. Where Kubernetes itself is compiled, each staging module is replaced.
 */
export function rewriteMod(text: string, pins: ModPins): string {
  const lines = text.split("\n").map((line) => movedLine(line, pins));
  const moved = lines.join("\n");
  return readMod(text).requires.has("k8s.io/kubernetes") ? withStaging(moved, pins) : moved;
}

const entry = /^(?<start>(?:require |\t|replace \S+ => )(?<name>\S+)) (?<at>v\S+)/;

function movedLine(line: string, pins: ModPins): string {
  if (line.startsWith("go ")) return `go ${pins.go}`;
  if (line.startsWith("toolchain ")) return `toolchain ${pins.toolchain}`;
  const { start = "", name = "", at = "" } = entry.exec(line)?.groups ?? {};
  return name === "" ? line : line.replace(entry, `${start} ${movedVersion(name, at, pins)}`);
}

function movedVersion(name: string, at: string, { kubernetes, flux }: ModPins): string {
  if (name === "k8s.io/kubernetes") return kubernetes.to;
  const isStaged = name.startsWith("k8s.io/") && at === staged(kubernetes.from);
  return isStaged ? staged(kubernetes.to) : (flux.get(name) ?? at);
}

// Kubernetes' minors bring staging modules and lose some, in the order of their names.
function withStaging(text: string, { kubernetes, staging }: ModPins): string {
  const lines = [...staging]
    .sort()
    .map((name) => `replace ${name} => ${name} ${staged(kubernetes.to)}\n`);
  const [before = "", ...after] = text.split(/^replace k8s\.io\/\S+ => \S+ \S+\n\n?/m);
  return `${before}${lines.join("\n")}\n${after.join("")}`.replace(/\n+$/, "\n");
}

function staged(kubernetes: string): string {
  return kubernetes.replace(/^v1\./, "v0.");
}
