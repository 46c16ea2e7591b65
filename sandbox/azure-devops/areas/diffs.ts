import { countLeftRight } from "../git/count-commits.ts";
import { mergeBases } from "../git/objects.ts";
import { numberOf } from "../paging.ts";
import type { Call, Route } from "../route.ts";
import { readChangesBetween, countsOf, emptyTree } from "./changes.ts";
import { repositoryOf, resolveVersionedCommit } from "./git-call.ts";

// Diffs - Get (REST 7.1): changes from the common commit to the target; with
// diffCommonCommit=false from the base as it stands.
export const diffRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "commitDiffs",
    id: "615588d5-c0c7-4b88-88f8-e625306446e8",
    template: "{project?}/_apis/git/repositories/{repositoryId}/diffs/commits",
    methods: { GET: getDiff },
  },
];

async function getDiff(call: Call) {
  const repository = repositoryOf(call);
  const side = (name: "base" | "target") =>
    resolveVersionedCommit(repository, {
      version:
        call.query[`${name}version`] ?? call.query[`${name}versiondescriptor.${name}version`],
      type:
        call.query[`${name}versiontype`] ??
        call.query[`${name}versiondescriptor.${name}versiontype`],
      options: call.query[`${name}versionoptions`],
    });
  const [base, target] = [await side("base"), await side("target")];
  const [common = emptyTree] = await mergeBases(repository.directory, base, target);
  const from = call.query["diffcommoncommit"]?.toLowerCase() === "false" ? base : common;
  const changes = await readChangesBetween({ ...call, repository }, from, target);
  const skip = numberOf(call, "$skip", 0);
  const top = numberOf(call, "$top", 100);
  const { left, right } = await countLeftRight(repository.directory, base, target);
  return {
    json: {
      allChangesIncluded: skip + top >= changes.length,
      changeCounts: countsOf(changes),
      changes: changes.slice(skip, skip + top),
      commonCommit: common,
      baseCommit: base,
      targetCommit: target,
      aheadCount: right,
      behindCount: left,
    },
  };
}
