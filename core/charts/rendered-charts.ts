// The file that ValidateManifests attaches to a pull request: what the charts of changed releases
// render at exactly these commits. Anyone who may contribute can attach a file: who did is checked
// by whoever reads it.
import { exactJson } from "../exact-json.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { RenderedRelease } from "./rendered-release.ts";

export type RenderedCharts = {
  /** The target branch's commit, the merge, and what is merged. */
  readonly before: string;
  readonly after: string;
  readonly source: string;
  readonly releases: readonly RenderedRelease[];
};

const apiVersion = "fluxgate.dev/v1";
const kind = "RenderedCharts";
const longest = 4_000_000;
const mostReleases = 500;

/** A name for each run: what is attached stays. */
export function chartsFileName({
  after,
  build,
}: {
  readonly after: string;
  readonly build: number;
}) {
  return `charts-${after.slice(0, 12)}-${build}.json`;
}

/** Whether a file may be one by its name. */
export function isChartsFile(name: string): boolean {
  return /^charts-[0-9a-f]{12}-\d{1,10}\.json$/.test(name);
}

/** What does not fit says so; secrets are concealed before. */
export function writeRenderedCharts({ releases, ...commits }: RenderedCharts): string {
  let left = longest;
  const fitting = releases.slice(0, mostReleases).map((release): RenderedRelease => {
    const { length } = exactJson(release);
    left -= length;
    if (left > 0) return release;
    left += length;
    return { ...release, before: [], after: [], failure: "what it renders is too large to attach" };
  });
  return exactJson({ apiVersion, kind, ...commits, releases: fitting });
}

/** @returns undefined for anything else. */
export function parseRenderedCharts(value: unknown): RenderedCharts | undefined {
  if (!isRecord(value) || value["kind"] !== kind || value["apiVersion"] !== apiVersion) return;
  const { before, after, source, releases } = value;
  const isWhole =
    [before, after, source].every((one) => typeof one === "string") &&
    Array.isArray(releases) &&
    (releases as unknown[]).every(isRelease);
  return isWhole ? (value as RenderedCharts) : undefined;
}

function isRelease(value: unknown): value is RenderedRelease {
  if (!isRecord(value) || typeof value["file"] !== "string") return false;
  const { identity, before, after, notKnown, random, uses, failure } = value;
  const names = ["group", "version", "kind", "namespace", "name"];
  return (
    isRecord(identity) &&
    names.every((name) => typeof identity[name] === "string") &&
    [before, after].every((list) => Array.isArray(list) && (list as unknown[]).every(isObject)) &&
    [notKnown, random, uses].every(isTexts) &&
    (failure === undefined || typeof failure === "string")
  );
}

function isObject(value: unknown): value is KubernetesObject {
  if (!isRecord(value) || !isRecord(value["metadata"])) return false;
  const { name, namespace } = value["metadata"];
  return (
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    typeof name === "string" &&
    (namespace === undefined || typeof namespace === "string")
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && (value as unknown[]).every((one) => typeof one === "string");
}
