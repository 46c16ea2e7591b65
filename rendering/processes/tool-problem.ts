import type { Problem } from "../../core/errors.ts";
import { harmless } from "../../core/harmless.ts";
import type { ToolFailure } from "../step-context.ts";

/**
 * What a failed tool says, as a problem with the file and line that it names. `chart` is the folder
 * of the chart, whose name helm puts before its templates.
 */
export function toolProblem(failure: ToolFailure, chart?: string): Problem {
  const said = harmless(failure.stderr.slice(0, 64 * 1024))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^(level=|WARN|warning:|# Warning|Use --debug)/i.test(line));
  const message = said
    .join(" ")
    .replace(/^(Error|error|RUNTIME ERROR|STATIC ERROR): /, "")
    .slice(0, 1500);
  const place = placeIn(message, chart);
  const hint = hintFor(message);
  return {
    ...place,
    message: `${message}${hint} (repeat it: ${failure.commandLine})`,
  };
}

function placeIn(message: string, chart: string | undefined): Pick<Problem, "file" | "line"> {
  const match =
    /([\w@%+=./-]+\.(?:ya?ml|tpl|txt|json|jsonnet|libsonnet)):(\d+)(?::\(|:|\b)/.exec(message) ??
    /(?:on|for|in) ([\w@%+=./-]+\.(?:ya?ml|tpl))\b.*?line (\d+)/.exec(message) ??
    /(?:YAML parse error on|file) ([\w@%+=./-]+\.(?:ya?ml|tpl))/.exec(message);
  if (!match) return {};
  const [, file = "", line] = match;
  const inChart = chart !== undefined && /^[^/]+\/(templates|charts|crds|values)/.test(file);
  const path = inChart ? `${chart}/${file.slice(file.indexOf("/") + 1)}` : file;
  return { file: path, ...(line === undefined ? {} : { line: Number(line) }) };
}

const hints: readonly (readonly [said: RegExp, hint: string])[] = [
  [
    /missing in charts\/? directory|dependencies.*missing/i,
    "Run `helm dependency build` and commit the charts folder: nothing is fetched while rendering",
  ],
  [/nil pointer evaluating/, "A value that the template reads is not set in any values file"],
  [
    /chart requires kubeVersion/,
    "Which version an environment has is said by its kubernetesVersion in fluxgate.yaml",
  ],
  [
    /cannot unmarshal (number|bool) into Go struct field \S+ of type string/,
    "Where a text is wanted, a number, true, yes or no has to stand in quotes",
  ],
  [/must specify --enable-helm/, "Set enableHelm: true in this step of fluxgate.yaml"],
  [
    /is not in or below/,
    "Set loadRestrictor: none in this step of fluxgate.yaml where it may read files beside its folder",
  ],
  [
    /external plugins disabled/,
    "No plugin or function is run while rendering: only kustomize's own generators and transformers",
  ],
  [
    /Missing argument: \w+ Top-level/,
    "Give it under topLevelArguments or argumentsFromVariables of this step",
  ],
  [
    /[Uu]ndefined external variable/,
    "Declare it under config.variables, or give it under extVars of this step",
  ],
];

function hintFor(message: string): string {
  const hint = hints.find(([said]) => said.test(message))?.[1];
  return hint === undefined ? "" : `. ${hint}`;
}
