import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { byPromotion } from "./environment-order.ts";
import { type Subjects, subjectsOf } from "./subjects.ts";

/** Names of all environments that anything is known of, in the order of promotion. */
export function environmentNames(facts: {
  readonly repositories: readonly Subjects[];
  readonly snapshots: readonly Pick<EnvironmentSnapshot, "environment">[];
}): readonly string[] {
  const names = [...facts.repositories.flatMap(subjectsOf), ...facts.snapshots];
  return [...new Set(names.map(({ environment }) => environment))].sort(byPromotion);
}
