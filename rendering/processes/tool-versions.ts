import type { Tool } from "../../core/delivery/steps/step-kind.ts";
import { TerminalError } from "../../core/errors.ts";
import { runProcess } from "../../clients/run-process.ts";

type Lookup = {
  readonly args: readonly string[];
  /** Oldest version that is known to work. */
  readonly oldest: string;
};

const lookups: Readonly<Record<Tool, Lookup>> = {
  // Helm 3.14 is the first whose `template` is silent on OCI warnings.
  helm: { args: ["version", "--template", "{{.Version}}"], oldest: "3.14.0" },
  // kubectl 1.30 carries kustomize 5.0.4.
  kubectl: { args: ["version", "--client"], oldest: "1.30.0" },
  jsonnet: { args: ["--version"], oldest: "0.18.0" },
};

/** Every tool that a step may run. */
export const allTools = Object.keys(lookups) as readonly Tool[];

type Where = { readonly cwd: string; readonly env: Readonly<Record<string, string>> };

/**
 * The version of a tool on PATH, without `v`.
 * @throws TerminalError `tool-missing` or `tool-too-old`.
 */
export async function askToolVersion(tool: Tool, where: Where): Promise<string> {
  const { args, oldest } = lookups[tool];
  const result = await runProcess({ command: tool, args, ...where, limits: { timeoutMs: 30_000 } });
  const version = versionIn(result.stdout) ?? versionIn(result.stderr);
  if (version === undefined) {
    throw new TerminalError(`Failed to read the version of ${tool}: it printed none`, {
      code: "tool-too-old",
      hint: `Install ${tool} ${oldest} or newer.`,
    });
  }
  if (!isAtLeast(version, oldest)) {
    throw new TerminalError(`Failed to use ${tool} ${version}: it is older than ${oldest}`, {
      code: "tool-too-old",
      hint: `Install ${tool} ${oldest} or newer and put it first on PATH.`,
    });
  }
  return version;
}

function versionIn(output: string): string | undefined {
  return /v?(\d+\.\d+\.\d+[^\s,}"]*)/.exec(output)?.[1];
}

function isAtLeast(version: string, oldest: string): boolean {
  const [a, b] = [version, oldest].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
