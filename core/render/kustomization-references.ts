import { isRecord } from "../manifests/parse.ts";
import { ownEntry } from "../own-entry.ts";

/** A text of a kustomization that kustomize takes for a path or an address. */
export type KustomizationReference = {
  readonly text: string;
  /**
   * `base`: a resource, or a folder with a kustomization; fetched when it is not there.
   * `file`: read; fetched when it is an address.
   * `config`: a file with the configuration of a generator or transformer, which names files itself.
   * `perhaps`: any other text that may name a file.
   */
  readonly role: "base" | "file" | "config" | "perhaps";
};

type Kustomization = Readonly<Record<string, unknown>>;

const bases = ["resources", "bases", "components"];
const files = ["crds", "configurations", "patchesStrategicMerge"];
const configs = ["generators", "transformers", "validators"];
/** Lists of mappings and the keys in them that name files; of a generator's also as `key=file`. */
const listed: Readonly<Record<string, readonly string[]>> = {
  patches: ["path"],
  patchesJson6902: ["path"],
  replacements: ["path"],
  configMapGenerator: ["files", "env", "envs"],
  secretGenerator: ["files", "env", "envs"],
  openapi: ["path"],
};
const charts: Readonly<Record<string, readonly string[]>> = {
  helmCharts: ["valuesFile", "additionalValuesFiles"],
  helmChartInflationGenerator: ["values"],
  helmGlobals: ["chartHome"],
};
/** Keys of a generator's or transformer's own configuration that name files. */
const ofConfigs = new Set(
  ["path", "paths", "files", "env", "envs", "valuesFile", "additionalValuesFiles", "chartHome"].map(
    (key) => key.toLowerCase(),
  ),
);

/** Everything in a kustomization that may lead to a file or elsewhere. */
export function kustomizationReferences(
  kustomization: Kustomization,
  { withCharts }: { readonly withCharts: boolean },
): readonly KustomizationReference[] {
  return Object.entries(kustomization).flatMap(([key, value]) => {
    if (bases.includes(key)) return as("base", textsIn(value));
    if (files.includes(key)) return as("file", textsIn(value));
    if (configs.includes(key)) return as("config", textsIn(value));
    const inner = ownEntry(listed, key) ?? ownEntry(charts, key);
    if (inner === undefined) return as("perhaps", leaves(value));
    if (charts[key] && !withCharts) return [];
    return as(
      "file",
      inner.flatMap((name) => namedIn(value, name)),
    );
  });
}

/** What the configuration of a generator or transformer leads to. */
export function configReferences(config: unknown): readonly KustomizationReference[] {
  if (Array.isArray(config)) return config.flatMap(configReferences);
  if (!isRecord(config)) return [];
  return Object.entries(config).flatMap(([key, value]) =>
    ofConfigs.has(key.toLowerCase())
      ? as("file", textsIn(value).map(withoutName))
      : configReferences(value),
  );
}

/**
 * Keys whose letters are of another case than kustomize's: Go takes them all the same, so what they
 * lead to would not be seen here.
 */
export function miscasedKeys(kustomization: Kustomization): readonly string[] {
  const inner = { ...listed, ...charts };
  const top = [...bases, ...files, ...configs, ...Object.keys(inner)];
  return Object.entries(kustomization).flatMap(([key, value]) => [
    ...miscased([key], top),
    ...recordsIn(value).flatMap((entry) =>
      miscased(Object.keys(entry), [...(ownEntry(inner, key) ?? []), "name", "repo", "version"]),
    ),
  ]);
}

function miscased(keys: readonly string[], known: readonly string[]): readonly string[] {
  return keys.filter((key) =>
    known.some((name) => name !== key && name.toLowerCase() === key.toLowerCase()),
  );
}

function as(
  role: KustomizationReference["role"],
  texts: readonly string[],
): readonly KustomizationReference[] {
  // What has several lines is written in place.
  return texts
    .filter((text) => text !== "" && !text.includes("\n"))
    .map((text) => ({ text, role }));
}

function namedIn(value: unknown, key: string): readonly string[] {
  const texts = recordsIn(value).flatMap((entry) => textsIn(entry[key]));
  return key === "files" ? texts.map(withoutName) : texts;
}

function withoutName(text: string): string {
  return text.slice(text.indexOf("=") + 1);
}

function recordsIn(value: unknown): readonly Kustomization[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

function textsIn(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string");
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isRecord(value) ? Object.values(value).flatMap(leaves) : [];
}
