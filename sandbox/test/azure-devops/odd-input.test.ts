// Whatever a caller sends, he is told what is wrong with it: no route ends in a defect.
import assert from "node:assert/strict";
import { ownRoutes } from "../../azure-devops/own-routes.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";

const deep = (levels: number) => `${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`;
const bodies = [
  ...["", "null", "[]", "{}", "1", '"x"', "[null]", "[1]", "[{}]", "not json", '{"a":', "\u0000"],
  deep(2_000),
  '{"name":null,"id":null,"value":null,"status":null,"resources":null,"definition":null}',
  '{"name":1,"id":[],"value":{},"status":{},"resources":[],"definition":7,"type":1,"settings":1}',
  '{"refUpdates":[null],"commits":null}',
  '{"refUpdates":[{"name":1,"oldObjectId":2}],"commits":[{"changes":[{"item":null}]}]}',
  '{"sourceRefName":null,"targetRefName":5,"title":{},"reviewers":[null]}',
  '{"comments":[null],"context":1,"state":9,"description":{},"targetUrl":[]}',
  '{"variables":{"a":null,"b":1},"templateParameters":[1],"stagesToSkip":7,"yamlOverride":{}}',
  '{"configuration":null,"process":1,"triggers":null,"repository":"x","queue":5}',
  '[{"op":"add","path":null,"value":{}}]',
  '[{"name":null,"oldObjectId":null,"newObjectId":{}}]',
  '{"value":[null],"count":"x"}',
  '{"type":{"id":"fa4e907d-c16b-4a4c-9dfa-4906e5d171dd"},"settings":{"scope":[null]}}',
];
const query = [
  "$top=x&$skip=-1&searchCriteria.status=&path=%00&ids=a,,1",
  "$top=99999999999999999999&api-version=7.1&versionDescriptor.version=&filter=%",
  "api-version=zz",
  "searchCriteria.$top=-5&searchCriteria.itemPath=//../..&recursionLevel=9&scopePath=&$expand=zz",
];
const known: Readonly<Record<string, string>> = {
  ...{ project: "shop", projectId: "shop", repositoryId: "app", pullRequestId: "1", buildId: "1" },
  ...{ pipelineId: "1", runId: "1", definitionId: "1", area: "build", threadId: "1", id: "1" },
};
const odd = [
  "0",
  "-1",
  "99999999999999999999",
  "%00",
  "a%2Fb",
  "..",
  "%F0%9F%98%80",
  "null",
  "%27",
];
// Of a handler that did not look at what it was sent.
const tripped = /Cannot (read|destructure)|is not (a function|iterable)|\bNaN\b/;

describe("odd input", () => {
  let pipelines: Pipelines;
  const routes = [...ownRoutes, ...createPipelines({ seed: { definitions: [] } }).routes];
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": "steps: [{ script: echo }]\n" },
      seed: { definitions: [{ ...ci, completedRuns: 1 }] },
    });
    const git = "shop/_apis/git/repositories/app";
    const refs = await pipelines.rest.get<{ value: { objectId: string }[] }>(`${git}/refs`);
    await pipelines.rest.send("POST", `${git}/pushes?api-version=7.1`, {
      refUpdates: [{ name: "refs/heads/b", oldObjectId: refs.value[0]?.objectId }],
      commits: [
        {
          comment: "b",
          changes: [
            {
              changeType: "add",
              item: { path: "/b" },
              newContent: { content: "b", contentType: "rawtext" },
            },
          ],
        },
      ],
    });
    await pipelines.rest.send("POST", `${git}/pullrequests?api-version=7.1`, {
      ...{ sourceRefName: "refs/heads/b", targetRefName: "refs/heads/main", title: "b" },
    });
  });
  after(() => pipelines.sandbox.close());

  it("in the place of the verb is refused, wherever there is something", async () => {
    for (const method of ["HEAD", "PROPFIND"]) {
      const url = `${pipelines.sandbox.organisationUrl}/shop/_apis/git/repositories/app`;
      const headers = { Authorization: "Bearer sandbox-reader" };
      assert.equal((await fetch(url, { method, headers })).status, 405, method);
    }
  });

  // What was written must be readable afterwards.
  const order = ["GET", "POST", "PATCH", "PUT", "GET", "DELETE"];
  for (const [at, method] of order.entries()) {
    it(`of ${method} is told as what it is (${at + 1} of ${order.length})`, async () => {
      const defects: string[] = [];
      for (const route of routes) {
        if (!route.methods[method]) continue;
        for (const { path, body } of requests(route.template, method)) {
          const answer = await fetch(`${pipelines.sandbox.organisationUrl}/${path}`, {
            method,
            headers: { Authorization: "Bearer sandbox-admin", "Content-Type": "application/json" },
            ...(body === undefined ? {} : { body }),
          });
          const text = await answer.text();
          // A few calls the service itself answers with 500 (recorded).
          const isDefect = answer.status >= 500 && text.includes("SandboxDefect");
          if (!isDefect && !tripped.test(text)) continue;
          defects.push(`${method} ${path} ${(body ?? "").slice(0, 80)}: ${text.slice(0, 200)}`);
        }
      }
      assert.deepEqual(defects, []);
    });
  }
});

type Request = { readonly path: string; readonly body?: string };

function requests(template: string, method: string): readonly Request[] {
  const whole = filled(template, (name) => known[name] ?? "1");
  const others = odd.map((value) => filled(template, (name) => known[name] ?? value));
  const strange = odd.map((value) =>
    filled(template, (name) => (name === "project" ? "shop" : value)),
  );
  const paths = [whole, ...others, ...strange];
  if (method === "GET" || method === "DELETE") {
    const asked = query.map((one) => ({ path: `${whole}?${one}` }));
    return [...paths.map((path) => ({ path })), ...asked];
  }
  return [
    ...bodies.map((body) => ({ path: `${whole}?api-version=7.1-preview`, body })),
    ...paths.map((path) => ({ path: `${path}?api-version=7.1-preview`, body: "{}" })),
    { path: `${whole}?api-version=7.1-preview` },
  ];
}

function filled(template: string, value: (name: string) => string): string {
  return template.replace(/\{\*?(\w+)\??\}/g, (_, name: string) => value(name));
}
