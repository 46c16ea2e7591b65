import { git } from "../git/run-git.ts";
import { mergeBases } from "../git/objects.ts";
import type { Call, Route } from "../route.ts";
import { changesBetween, emptyTree } from "./changes.ts";
import { repositoryOf, versionedCommit } from "./git-call.ts";

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
  const side = (name: string) =>
    versionedCommit(repository, {
      version: call.query[`${name}version`],
      type: call.query[`${name}versiontype`],
    });
  const [base, target] = [await side("base"), await side("target")];
  const [common = emptyTree] = await mergeBases(repository.directory, base, target);
  const from = call.query["diffcommoncommit"] === "false" ? base : common;
  const changes = await changesBetween(repository, from, target);
  const skip = Number(call.query["$skip"] ?? 0);
  const top = Number(call.query["$top"] ?? 100);
  const count = async (range: string) =>
    Number(await git(repository.directory, ["rev-list", "--count", range]));
  return {
    json: {
      allChangesIncluded: skip + top >= changes.length,
      changeCounts: {},
      changes: changes.slice(skip, skip + top),
      commonCommit: common,
      baseCommit: base,
      targetCommit: target,
      aheadCount: await count(`${base}..${target}`),
      behindCount: await count(`${target}..${base}`),
    },
  };
}
