// One value of an otherwise whole body is of another kind: the caller is told, and nothing trips.
import assert from "node:assert/strict";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Route = { readonly method: string; readonly path: string; readonly body: Json };

const commit = "70b8113295954caaa3bd75e07109ea21fc608575";
const git = "shop/_apis/git/repositories/app";
const routes: readonly Route[] = [
  {
    method: "POST",
    path: "shop/_apis/build/definitions",
    body: {
      ...{ name: "odd", path: "\\", queue: { id: 1 }, variables: { a: { value: "1" } } },
      process: { yamlFilename: "ci.yml", type: 2 },
      repository: { id: "x", name: "app", type: "TfsGit", defaultBranch: "refs/heads/main" },
      triggers: [{ triggerType: 2, settingsSourceType: 2 }],
    },
  },
  {
    method: "PUT",
    path: "shop/_apis/build/definitions/1",
    body: { id: 1, name: "ci", revision: 900, process: { yamlFilename: "ci.yml" } },
  },
  {
    method: "POST",
    path: "shop/_apis/build/builds",
    body: { definition: { id: 1 }, sourceBranch: "refs/heads/none", parameters: '{"a":"1"}' },
  },
  {
    method: "POST",
    path: "shop/_apis/pipelines/1/preview",
    body: {
      ...{ previewRun: true, yamlOverride: "steps: []", templateParameters: { a: "1" } },
      resources: { repositories: { self: { refName: "refs/heads/main" } } },
      variables: { b: { value: "1", isSecret: false } },
    },
  },
  {
    method: "POST",
    path: "shop/_apis/policy/configurations",
    body: {
      type: { id: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd" },
      ...{ isEnabled: true, isBlocking: true },
      settings: {
        minimumApproverCount: 1,
        scope: [{ repositoryId: null, refName: "refs/heads/none", matchKind: "Exact" }],
      },
    },
  },
  { method: "POST", path: `${git}/pullRequests/1/reviewers`, body: [{ id: "x", vote: 0 }] },
  {
    method: "POST",
    path: `${git}/refs`,
    body: [{ name: "refs/heads/odd", oldObjectId: "0".repeat(40), newObjectId: commit }],
  },
  {
    method: "POST",
    path: `${git}/pullRequests`,
    body: {
      ...{ sourceRefName: "refs/heads/none", targetRefName: "refs/heads/main", title: "x" },
      ...{ reviewers: [{ id: "x" }], labels: [{ name: "x" }], isDraft: false },
    },
  },
  {
    method: "POST",
    path: `${git}/commits/${commit}/statuses`,
    body: { state: "pending", description: "x", context: { name: "n", genre: "g" } },
  },
  { method: "POST", path: "shop/_apis/git/repositories", body: { name: "app", project: {} } },
  {
    method: "POST",
    path: "_apis/distributedtask/variablegroups",
    body: {
      ...{ name: "odd", type: "Vsts", variables: { a: { value: "1", isSecret: false } } },
      variableGroupProjectReferences: [{ name: "odd", projectReference: { name: "shop" } }],
    },
  },
];
const odd: readonly Json[] = [
  ...[null, 1, "x", "", [], {}, [null], true, "\u0000", "\ud800", { a: { b: [] } }],
];
const tripped = /Cannot (read|destructure)|is not (a function|iterable)|\bNaN\b|\[object Object\]/;

/** The value with each part of it in turn replaced by each odd one. */
function mutated(value: Json): readonly Json[] {
  const below = Array.isArray(value)
    ? (value as readonly Json[]).flatMap((one, at) =>
        mutated(one).map((other) => (value as readonly Json[]).with(at, other)),
      )
    : typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, one]) =>
          mutated(one).map((other): Json => ({ ...(value as object), [key]: other })),
        )
      : [];
  return [...odd, ...below];
}

describe("an odd value in a body", () => {
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": "steps: [{ script: echo }]\n" },
      seed: { definitions: [{ ...ci, completedRuns: 1 }] },
    });
  });
  after(() => pipelines.sandbox.close());

  for (const { method, path, body } of routes) {
    it(`of ${method} ${path} is refused or taken`, async function () {
      this.timeout(120_000);
      const defects: string[] = [];
      for (const one of mutated(body)) {
        const sent = JSON.stringify(one);
        const url = `${pipelines.sandbox.organisationUrl}/${path}?api-version=7.1-preview`;
        const headers = {
          "Content-Type": "application/json",
          Authorization: "Bearer sandbox-admin",
        };
        const answer = await fetch(url, { method, headers, body: sent });
        const text = await answer.text();
        if ((answer.status < 500 || answer.status === 501) && !tripped.test(text)) continue;
        defects.push(`${answer.status} ${sent.slice(0, 300)}: ${text.slice(0, 200)}`);
      }
      assert.deepEqual(defects, []);
    });
  }
});
