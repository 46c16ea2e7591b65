import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { statusReader } from "../../connector/status-reader.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";

function status(id: number, name: string, genre = "fluxgate"): CommitStatus {
  const creationDate = "2026-01-01T00:00:00Z";
  return { id, state: "succeeded", creationDate, context: { genre, name } };
}

/** Commits with these statuses, and how often they were asked for. */
function commits(statuses: readonly CommitStatus[], isNew = false) {
  let calls = 0;
  const ado = connectAzureDevOps({
    ...{ organisationUrl: "https://dev.azure.com/fabrikam", token: () => Promise.resolve("x") },
    fetch: (input) => {
      calls += 1;
      const skip = Number(
        new URL(input instanceof Request ? input.url : input).searchParams.get("skip"),
      );
      return Promise.resolve(Response.json({ value: statuses.slice(skip, skip + 1000) }));
    },
  });
  const repo = { project: "shop", repository: "manifests" };
  return { ...statusReader(ado, repo, () => isNew), calls: () => calls };
}

const names = (list: readonly CommitStatus[]) => list.map(({ context }) => context.name);

describe("statuses of a commit", () => {
  const rollUps = [status(1, "dev"), status(2, "shop/dev"), status(3, "shop/dev/west")];
  const others = [
    status(4, "dev/west/Kustomization/flux-system/shop"),
    status(5, "kustomization/shop/1", "fluxcd"),
  ];

  it("are remembered without those of single objects, of which there may be thousands", async () => {
    const { read, calls } = commits([...rollUps, ...others]);
    assert.deepEqual(names(await read("a", 60_000)), names(rollUps));
    assert.deepEqual(names(await read("a", 60_000)), names(rollUps));
    assert.equal(calls(), 1);
  });

  it("are all there for whoever asks for them", async () => {
    const { readAll, read, calls } = commits([...rollUps, ...others]);
    assert.deepEqual(names(await readAll("a")), names([...rollUps, ...others]));
    await read("a", 60_000);
    assert.equal(calls(), 1);
  });

  it("of a commit that has just come are what was posted, and cost no call", async () => {
    const { read, note, calls } = commits([], true);
    for (const one of [...rollUps, ...others]) note("a", one);
    assert.deepEqual(names(await read("a", 60_000)), names(rollUps));
    assert.equal(calls(), 0);
  });

  it("of many commits are read once, though an object's statuses are many on each", async () => {
    const objects = Array.from({ length: 900 }, (_, index) =>
      status(10 + index, `dev/west/Kustomization/flux-system/team-${index}`),
    );
    const { read, calls } = commits([...rollUps, ...objects]);
    const looks = async () => {
      for (let commit = 0; commit < 100; commit += 1) await read(String(commit), 60_000);
    };
    await looks();
    await looks();
    assert.equal(calls(), 100);
  });
});
