import assert from "node:assert/strict";
import { ask, type List, type Refusal } from "../support/target.ts";
import {
  openPipelines,
  type Build,
  type Definition,
  type PipelinesTarget,
} from "./pipelines-target.ts";

const yaml = `
trigger: none
parameters: [{ name: word, type: string, default: hello }]
stages:
  - stage: one
    jobs:
      - job: say
        steps:
          - checkout: none
          - bash: echo "\${{ parameters.word }} $(secret)" && mkdir -p out && echo made > out/file.txt
            displayName: Say it
          - publish: out
            artifact: made
  - stage: two
    condition: false
    jobs: [{ job: never, steps: [{ checkout: none }] }]
`;

type Record = {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly state: string;
  readonly result: string;
  readonly parentId: string | null;
  readonly log: { readonly id: number } | null;
};

describe("contract: builds and their definitions", function () {
  this.timeout(700_000);
  let target: PipelinesTarget;
  let build: Build;
  const at = (path: string) => `${target.project}/_apis/build/${path}`;
  before(async () => {
    target = await openPipelines(yaml);
    build = await target.started();
  });
  after(() => target.remove());

  it("queue a build that is not started yet, and tell its end", async () => {
    assert.equal(build.status, "notStarted");
    assert.match(build.buildNumber, /^\d{8}\.1$/);
    const ended = await target.ended(build.id);
    assert.equal(ended.result, "succeeded");
    assert.match(ended.sourceVersion, /^[\da-f]{40}$/);
  });

  it("show stages, checkpoints, phases, jobs and tasks in the timeline", async () => {
    await target.ended(build.id);
    const { json } = await ask<{ records: readonly Record[] }>(
      target,
      at(`builds/${build.id}/timeline`),
    );
    const of = (type: string, name?: string) =>
      json.records.find((one) => one.type === type && (name === undefined || one.name === name));
    const stage = of("Stage", "one");
    const job = of("Job", "say");
    assert.equal(of("Phase", "say")?.parentId, stage?.id);
    assert.equal(of("Phase", "say")?.id, job?.parentId);
    assert.equal(of("Task", "Say it")?.parentId, job?.id);
    assert.equal(of("Checkpoint")?.parentId, stage?.id);
    assert.equal(of("Stage", "two")?.result, "skipped");
  });

  it("answer logs as text and as lines", async () => {
    await target.ended(build.id);
    const { json } = await ask<{ records: readonly Record[] }>(
      target,
      at(`builds/${build.id}/timeline`),
    );
    const log = json.records.find(({ name }) => name === "Say it")?.log?.id;
    const lines = await ask<List<string>>(target, at(`builds/${build.id}/logs/${log}`));
    assert.ok(lines.json.value.some((line) => /hello \$\(secret\)/.test(line)));
    const text = await ask(target, at(`builds/${build.id}/logs/${log}?api-version=7.1`), {
      accept: "text/plain",
    });
    assert.match(text.text, /hello/);
    const all = await ask<List<{ lineCount: number }>>(target, at(`builds/${build.id}/logs`));
    assert.ok(all.json.value.every(({ lineCount }) => lineCount >= 0));
  });

  it("keep artefacts, tags and changes", async () => {
    await target.ended(build.id);
    const artifacts = await ask<List<{ name: string; resource: { type: string } }>>(
      target,
      at(`builds/${build.id}/artifacts`),
    );
    assert.deepEqual(
      artifacts.json.value.map(({ name, resource }) => [name, resource.type]),
      [["made", "PipelineArtifact"]],
    );
    const absent = await ask(target, at(`builds/${build.id}/artifacts?artifactName=absent`));
    assert.deepEqual([absent.status, absent.json.typeKey], [404, "ArtifactNotFoundException"]);
    await ask(target, at(`builds/${build.id}/tags/one`), { method: "PUT" });
    const tags = await ask<List<string>>(target, at(`builds/${build.id}/tags/two`), {
      method: "PUT",
    });
    assert.deepEqual([...tags.json.value].sort(), ["one", "two"]);
    const left = await ask<List<string>>(target, at(`builds/${build.id}/tags/one`), {
      method: "DELETE",
    });
    assert.deepEqual(left.json.value, ["two"]);
    const changes = await ask<List<{ id: string }>>(target, at(`builds/${build.id}/changes`));
    assert.equal(changes.status, 200);
  });

  it("list builds by what is asked for, page by page", async () => {
    await target.ended((await target.started()).id);
    const query = `definitions=${target.definition.id}&queryOrder=queueTimeDescending`;
    const first = await ask<List<Build>>(target, at(`builds?${query}&$top=1`));
    const token = first.headers.get("x-ms-continuationtoken");
    assert.ok(token);
    const second = await ask<List<Build>>(
      target,
      at(`builds?${query}&$top=1&continuationToken=${encodeURIComponent(token)}`),
    );
    assert.ok((first.json.value[0]?.id ?? 0) > (second.json.value[0]?.id ?? 0));
    const tagged = await ask<List<Build>>(target, at(`builds?${query}&tagFilters=two`));
    assert.deepEqual(
      tagged.json.value.map(({ id }) => id),
      [build.id],
    );
    const none = await ask<List<Build>>(target, at(`builds?${query}&resultFilter=failed`));
    assert.equal(none.json.count, 0);
  });

  it("refuse what is not there, and a change that comes too late", async () => {
    const refusals: readonly (readonly [string, number, string])[] = [
      ["builds/99999999", 404, "BuildNotFoundException"],
      ["definitions/99999999", 404, "DefinitionNotFoundException"],
    ];
    for (const [path, status, typeKey] of refusals) {
      const answer = await ask(target, at(path));
      assert.deepEqual([answer.status, answer.json.typeKey], [status, typeKey]);
    }
    const current = await ask<Definition>(target, at(`definitions/${target.definition.id}`));
    const stale = await ask<Refusal>(target, at(`definitions/${target.definition.id}`), {
      method: "PUT",
      body: { ...current.json, revision: current.json.revision - 1 },
    });
    assert.equal(stale.status, 409);
  });

  it("keep a secret of a definition that comes back without its value", async () => {
    const path = at(`definitions/${target.definition.id}`);
    const put = async (variables: object) => {
      const { json } = await ask<Definition>(target, path);
      return ask<Definition>(target, path, { method: "PUT", body: { ...json, variables } });
    };
    const set = await put({ secret: { value: "hidden", isSecret: true, allowOverride: true } });
    assert.deepEqual(set.json.variables?.["secret"]?.value, null);
    const kept = await put({ secret: { value: null, isSecret: true }, open: { value: "1" } });
    assert.equal(kept.json.variables?.["open"]?.value, "1");
    const { id } = await target.ended((await target.started()).id);
    const { json } = await ask<{ records: readonly Record[] }>(target, at(`builds/${id}/timeline`));
    const log = json.records.find(({ name }) => name === "Say it")?.log?.id;
    const lines = await ask<List<string>>(target, at(`builds/${id}/logs/${log}`));
    assert.ok(lines.json.value.some((line) => / hello \*\*\*$/.test(line)));
  });
});
