import { PipelineError, type Place } from "../node.ts";

type Member = {
  readonly at: Place;
  readonly name: string;
  readonly dependsOn: readonly string[] | undefined;
};

// Where members stand, and so what the service says of them (the strings of its open runner).
export type Among =
  | { readonly kind: "stages" }
  /** The stage's name; undefined where the pipeline has no stages of its own. */
  | { readonly kind: "jobs"; readonly stage: string | undefined };

/** @throws PipelineError for a name that is there twice, an unknown dependency, or a circle. */
export function checkGraph(members: readonly Member[], among: Among): void {
  const names = new Set<string>();
  for (const { name, at } of members) {
    const lower = name.toLowerCase();
    if (names.has(lower)) throw new PipelineError(twice(name, among), at);
    names.add(lower);
  }
  const what = among.kind === "stages" ? "stage" : "job";
  for (const { name, dependsOn = [], at } of members) {
    const unknown = dependsOn.find((one) => !names.has(one.toLowerCase()));
    if (unknown !== undefined) {
      const message = `${placed(name, among)} depends on unknown ${what} ${unknown}.`;
      throw new PipelineError(message, at);
    }
  }
  const [first] = members;
  if (first && members.every(({ dependsOn = [] }) => dependsOn.length > 0)) {
    throw new PipelineError(noStart(among), first.at);
  }
  demandOrder(members, among);
}

function twice(name: string, among: Among): string {
  if (among.kind === "stages") {
    return `The stage name ${name} appears more than once. Stage names must be unique within a pipeline.`;
  }
  return among.stage === undefined
    ? `The job name ${name} appears more than once. Job names must be unique within a pipeline.`
    : `${placed(name, among)} appears more than once. Job names must be unique within a stage.`;
}

function noStart(among: Among): string {
  if (among.kind === "stages") {
    return "The pipeline must contain at least one stage with no dependencies.";
  }
  const { stage } = among;
  return `${stage === undefined ? "The pipeline" : `Stage ${stage}`} must contain at least one job with no dependencies.`;
}

function placed(name: string, among: Among): string {
  if (among.kind === "stages") return `Stage ${name}`;
  return among.stage === undefined ? `Job ${name}` : `Stage ${among.stage} job ${name}`;
}

// Takes away what depends on nothing that is left; what remains goes round in a circle.
function demandOrder(members: readonly Member[], among: Among): void {
  let left = [...members];
  for (;;) {
    const open = new Set(left.map(({ name }) => name.toLowerCase()));
    const next = left.filter(({ dependsOn = [] }) =>
      dependsOn.some((one) => open.has(one.toLowerCase())),
    );
    const [first] = next;
    if (!first) return;
    if (next.length === left.length) {
      const other = first.dependsOn?.find((one) => open.has(one.toLowerCase())) ?? "";
      const what = among.kind === "stages" ? "stage" : "job";
      const round = `depends on ${what} ${other} which creates a cycle in the dependency graph.`;
      throw new PipelineError(`${placed(first.name, among)} ${round}`, first.at);
    }
    left = next;
  }
}
