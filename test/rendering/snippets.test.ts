import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers: [{ name: app, image: a }, { name: log, image: b }]
`;
const twoApps = deliveryWith(
  "      - copy: { path: x/api.yaml }",
  "    config: { snippets: [snippets] }\n",
).replace(
  "environments:",
  "  - { name: web, namespace: front, render: [{ copy: { path: x/web.yaml } }] }\nenvironments:",
);

describe("an environment's snippets", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": twoApps,
      "x/api.yaml": deployment("api"),
      "x/web.yaml": deployment("web"),
    });
  });
  afterEach(() => space.remove());

  it("merge into the object of the same kind and name, lists by their merge keys", async () => {
    space.put({
      "snippets/limits.patch.yaml": `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  replicas: 3
  template: { spec: { containers: [{ name: log, image: c }] } }
`,
    });
    await space.render();
    const text = space.read("dev/api/apps_v1_deployment_api.yaml");
    assert.match(text, /replicas: 3/);
    assert.match(text, /- image: c\n\s+name: log\n\s+- image: a\n\s+name: app\n/);
    assert.match(space.read("dev/web/front_apps_v1_deployment_web.yaml"), /replicas: 1/);
  });

  it("select by Go's expressions, in a time that no expression can stretch", async () => {
    const put = (name: string) =>
      space.put({ "snippets/a.patch.yaml": `target: { name: "${name}" }\npatch: { a: 1 }\n` });
    put("(?i)(a+)+b|(x+x+)+y");
    space.put({ "x/web.yaml": configMap("a".repeat(250)) });
    assert.match((await space.problems())[0] ?? "", /the patch matches nothing/);
    put("(?=a)");
    assert.match((await space.problems())[0] ?? "", /target.name is no regular expression of Go/);
    put("((a{1,100}){1,100}){1,100}");
    assert.match((await space.problems())[0] ?? "", /target.name is no regular expression of Go/);
  });

  it("patch by JSON operations every object that the target selects", async () => {
    space.put({
      "snippets/a.patch.yaml": `target: { kind: Deployment, name: "a.*|web" }
patch:
  - { op: replace, path: /spec/replicas, value: 7 }
`,
    });
    await space.render();
    assert.match(space.read("dev/api/apps_v1_deployment_api.yaml"), /replicas: 7/);
    assert.match(space.read("dev/web/front_apps_v1_deployment_web.yaml"), /replicas: 7/);
  });

  it("patch what a label or annotation selector finds, and say so when that is nothing", async () => {
    space.put({
      "x/api.yaml": deployment("api").replace(
        "{ name: api }",
        "{ name: api, labels: { tier: back }, annotations: { team: blue } }",
      ),
      "snippets/a.patch.yaml": `target: { kind: Deployment, labelSelector: "tier in (back, front)" }
patch: [{ op: replace, path: /spec/replicas, value: 7 }]
---
target: { annotationSelector: "team!=blue" }
patch: [{ op: replace, path: /spec/replicas, value: 8 }]
`,
    });
    await space.render();
    assert.match(space.read("dev/api/apps_v1_deployment_api.yaml"), /replicas: 7/);
    assert.match(space.read("dev/web/front_apps_v1_deployment_web.yaml"), /replicas: 8/);
    space.put({
      "snippets/a.patch.yaml": `target: { kind: Deployment, labelSelector: tier=middle }
patch: []
---
target: { annotationSelector: "team=red,x" }
patch: []
`,
    });
    const nothing = "environment dev: the patch matches nothing: no";
    assert.deepEqual(await space.problems(), [
      `snippets/a.patch.yaml:1: ${nothing} Deployment with labels tier=middle is rendered`,
      `snippets/a.patch.yaml:4: ${nothing} object with annotations team=red,x is rendered`,
    ]);
    space.put({ "snippets/a.patch.yaml": "target: { labelSelector: tier=~x }\npatch: []\n" });
    assert.match(
      (await space.problems())[0] ?? "",
      /target.labelSelector "tier=~x" is no selector/,
    );
  });

  it("add objects to the app whose name the folder has, in its namespace", async () => {
    space.put({
      "snippets/web/extra.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n",
    });
    const { result } = await space.render();
    assert.deepEqual(
      result.environments[0]?.objects.map(({ file }) => file),
      [
        "api/apps_v1_deployment_api.yaml",
        "web/front_v1_configmap_x.yaml",
        "web/front_apps_v1_deployment_web.yaml",
      ],
    );
  });

  it("take objects away", async () => {
    space.put({
      "snippets/api/gone.patch.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\n$patch: delete\n",
    });
    const { result } = await space.render();
    assert.deepEqual(
      result.environments[0]?.objects.map(({ app }) => app),
      ["web"],
    );
  });

  it("are an error when a patch matches nothing", async () => {
    space.put({
      "snippets/a.patch.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: apo }\n",
      "snippets/web/b.patch.yaml": "\ntarget: { kind: Service }\npatch: []\n",
    });
    assert.deepEqual(await space.problems(), [
      "snippets/web/b.patch.yaml:2: Failed to render app web, environment dev, snippets: environment dev: the patch matches nothing: no Service is rendered",
    ]);
    space.put({ "snippets/web/b.patch.yaml": undefined });
    assert.deepEqual(await space.problems(), [
      "snippets/a.patch.yaml:1: environment dev: the patch matches nothing: no Deployment apo is rendered",
    ]);
  });

  it("are an error when nobody knows which app an object is for, or what a patch is", async () => {
    space.put({
      "snippets/extra.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n",
      "snippets/odd.patch.yaml": "spec: {}\n---\ntarget: { labels: x }\npatch: []\n",
    });
    const problems = (await space.problems()).filter((text) => text.includes("app api"));
    assert.deepEqual(
      problems.map((text) =>
        text.replace("Failed to render app api, environment dev, snippets: ", ""),
      ),
      [
        "snippets/extra.yaml:1: environment dev: an object for which app? Put the file into a folder with the app's name",
        "snippets/odd.patch.yaml:1: a patch needs apiVersion, kind and metadata.name, or target and patch",
        'snippets/odd.patch.yaml:3: target has "labels": known are group, version, kind, name, namespace, labelSelector, annotationSelector',
      ],
    );
  });
});
