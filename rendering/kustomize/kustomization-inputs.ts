import { statSync } from "node:fs";
import { posix } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import {
  configReferences,
  kustomizationReferences,
  miscasedKeys,
} from "../../core/render/kustomization-references.ts";
import type { KustomizationReference } from "../../core/render/kustomization-references.ts";
import { containedPath, filesUnder, fileText, isThere } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";
import type { ChartSources } from "../charts/chart-dependencies.ts";
import { generatorCharts, kustomizationCharts } from "./kustomization-charts.ts";
import type { KustomizationChart } from "./kustomization-charts.ts";
import { placedChart } from "../charts/placed-chart.ts";
import type { PlacedChart } from "../charts/placed-chart.ts";
import { kustomizationNames } from "../../core/manifests/kustomization-file.ts";

/** What the step before wrote, beside the kustomization of a `kustomize` step. */
export const inputFile = "input.yaml";

type Wanted = {
  readonly path: string;
  /** Where charts are looked for; without it they are not read. */
  readonly sources?: Pick<ChartSources, "delivery" | "expand"> | undefined;
};

export type KustomizationInputs = {
  readonly files: readonly string[];
  readonly charts: readonly PlacedChart[];
};

/**
 * Every file that building a kustomization may read, bases, components and charts included.
 * @throws InputError naming each remote, missing or outside reference with its file and line.
 */
export function kustomizationInputs(root: Root, { path, sources }: Wanted): KustomizationInputs {
  const withCharts = sources !== undefined;
  const files = new Set<string>();
  const charts: PlacedChart[] = [];
  const visited = new Set<string>();
  const problems: Problem[] = [];
  visit(path);
  if (problems.length > 0) throw new InputError(problems);
  return { files: [...files].sort(), charts };

  function visit(folder: string): void {
    if (visited.has(folder)) return;
    visited.add(folder);
    containedPath(root, folder);
    const name = kustomizationNames.find((each) => isThere(root, posix.join(folder, each)));
    if (name === undefined) {
      problems.push({ file: folder, message: "there is no kustomization.yaml in this folder" });
      return;
    }
    const file = posix.join(folder, name);
    files.add(file);
    const text = fileText(root, file);
    const parsed = parseYaml(text, file);
    problems.push(...parsed.problems);
    for (const { value } of parsed.documents) {
      if (!isRecord(value)) continue;
      const line = lineFinder(text);
      for (const key of miscasedKeys(value)) {
        problems.push({
          file,
          line: line(key) ?? 1,
          message: `"${key}" is not how the key is written`,
        });
      }
      findCharts(kustomizationCharts(value), { folder, file, line });
      for (const reference of kustomizationReferences(value, { withCharts })) {
        follow(reference, { folder, file, line });
      }
    }
  }

  // kustomize takes a chart that is not there for one to fetch.
  function findCharts(found: readonly KustomizationChart[], at: At): void {
    if (sources === undefined) return;
    for (const chart of found) {
      const line = at.line(chart.name);
      const where = { folder: at.folder, sources: { checkout: root, ...sources } };
      try {
        const placed = placedChart(chart, where);
        charts.push(placed);
        for (const each of placed.files) files.add(each);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        const place = { file: at.file, ...(line === undefined ? {} : { line }) };
        problems.push(...error.problems.map((problem) => ({ ...place, ...problem })));
      }
    }
  }

  type At = {
    readonly folder: string;
    readonly file: string;
    readonly line: (text: string) => number | undefined;
  };

  function follow({ text, role }: KustomizationReference, at: At): void {
    const place = posix.join(at.folder, text);
    const line = at.line(text);
    const problem = (message: string) =>
      problems.push({ file: at.file, ...(line === undefined ? {} : { line }), message });
    const isSure = role !== "perhaps";
    if (isRemote(text, role)) {
      if (isSure) problem(`"${text}" is remote: vendor it into the repository`);
    } else if (place.startsWith("../") || place === ".." || text.startsWith("/")) {
      if (isSure) problem(`"${text}" leads out of the checkout`);
    } else if (text === inputFile || text === `./${inputFile}`) {
      return;
    } else if (!isThere(root, place)) {
      if (role === "base" || role === "config") problem(`"${text}" is not there`);
    } else read(place, { role, at });
  }

  function read(
    place: string,
    { role, at }: { readonly role: KustomizationReference["role"]; readonly at: At },
  ): void {
    const real = containedPath(root, place);
    if (statSync(real).isDirectory()) {
      if (role === "base" || role === "config") visit(place);
      else for (const each of filesUnder(root, place)) files.add(each);
      return;
    }
    if (role === "config" && !files.has(place)) {
      const text = fileText(root, place);
      const line = lineFinder(text);
      for (const { value } of parseYaml(text, place).documents) {
        const from = { folder: at.folder, file: place, line };
        findCharts(generatorCharts(value), from);
        for (const reference of configReferences(value)) follow(reference, from);
      }
    }
    files.add(place);
  }
}

// A file is fetched from an address only, a base by any form that git knows.
function isRemote(text: string, role: KustomizationReference["role"]): boolean {
  if (role !== "base" && role !== "config") return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  return (
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
    /^[^/\s]+@[^/\s]+:/.test(text) ||
    /[?&]ref=/.test(text) ||
    /^(github\.com|gitlab\.com|bitbucket\.org|dev\.azure\.com)\//i.test(text) ||
    text.includes("::")
  );
}

function lineFinder(text: string): (wanted: string) => number | undefined {
  const lines = text.split("\n");
  return (wanted) => {
    const index = lines.findIndex((line) => line.includes(wanted));
    return index < 0 ? undefined : index + 1;
  };
}
