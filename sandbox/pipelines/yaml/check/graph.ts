import { PipelineError, type Place } from "../node.ts";

type Member = {
  readonly at: Place;
  readonly name: string;
  readonly dependsOn: readonly string[] | undefined;
};

/** @throws PipelineError for a name that is there twice, an unknown dependency, or a circle. */
export function checkGraph(members: readonly Member[], what: "stage" | "job"): void {
  const names = new Set<string>();
  for (const { name, at } of members) {
    const lower = name.toLowerCase();
    if (names.has(lower)) {
      throw new PipelineError(`The ${what} name '${name}' appears more than once.`, at);
    }
    names.add(lower);
  }
  for (const { name, dependsOn = [], at } of members) {
    const unknown = dependsOn.find((one) => !names.has(one.toLowerCase()));
    if (unknown !== undefined) {
      throw new PipelineError(`The ${what} ${name} depends on unknown ${what} ${unknown}.`, at);
    }
  }
  demandOrder(members, what);
}

// Takes away what depends on nothing that is left; what remains goes round in a circle.
function demandOrder(members: readonly Member[], what: string): void {
  let left = [...members];
  for (;;) {
    const open = new Set(left.map(({ name }) => name.toLowerCase()));
    const next = left.filter(({ dependsOn = [] }) =>
      dependsOn.some((one) => open.has(one.toLowerCase())),
    );
    const [first] = next;
    if (!first) return;
    if (next.length === left.length) {
      throw new PipelineError(`The ${what} ${first.name} depends on itself.`, first.at);
    }
    left = next;
  }
}
