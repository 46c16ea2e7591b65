import assert from "node:assert/strict";
import { configMap, deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const version = (minor: number) => `    kubernetesVersion: "1.${minor}"\n`;
const deployment = (more: string, image = "a") => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  ${more}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: app, image: "${image}" }] }
`;
const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: queues.fabrikam.com }
spec:
  group: fabrikam.com
  scope: Namespaced
  names: { kind: Queue, plural: queues }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, properties: { size: { type: integer, minimum: 1 } } }
`;
const queue = (size: string) =>
  `apiVersion: fabrikam.com/v1\nkind: Queue\nmetadata: { name: q }\nspec: { size: ${size} }\n`;

describe("the check of rendered objects", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
    space.put({ "fluxgate.yaml": deliveryWith("      - copy: { path: x }", version(36)) });
  });
  afterEach(() => space.remove());
  const warnings = async () => (await space.render()).result.environments[0]?.warnings;
  const found = async () =>
    (await space.problems()).map((text) => text.replace("app api, environment dev: ", ""));

  it("names field, template and line of what the API server would refuse, all at once", async () => {
    space.put({
      "x/api.yaml": deployment('replica: 3\n  minReadySeconds: "5"'),
      "x/b.yaml": `${configMap("b")}---\n${configMap("c").replace('"1"', "1")}`,
    });
    assert.deepEqual(await space.problems(), [
      'x/api.yaml:1: app api, environment dev: Deployment.apps/api: spec.replica is no known field: did you mean "replicas"?',
      'x/api.yaml:1: app api, environment dev: Deployment.apps/api: spec.minReadySeconds must be an integer, not "5"',
      "x/b.yaml:6: app api, environment dev: ConfigMap/c: data.a must be a text, not 1",
    ]);
  });

  it("uses the schemas of the environment's Kubernetes version", async () => {
    const cronJob = (apiVersion: string) =>
      `apiVersion: ${apiVersion}\nkind: FlowSchema\nmetadata: { name: f }\nspec: { priorityLevelConfiguration: { name: p } }\n`;
    space.put({ "x/f.yaml": cronJob("flowcontrol.apiserver.k8s.io/v1beta3") });
    assert.deepEqual(await found(), [
      "x/f.yaml:1: FlowSchema.flowcontrol.apiserver.k8s.io/f: flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema was removed in Kubernetes 1.32, the cluster has 1.36: use flowcontrol.apiserver.k8s.io/v1/FlowSchema",
    ]);
    space.put({ "x/f.yaml": cronJob("flowcontrol.apiserver.k8s.io/v1") });
    assert.deepEqual(await warnings(), []);
  });

  it("says that it has no schemas of a version, and which it took", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }", version(99)),
      "x/a.yaml": configMap("a"),
    });
    assert.deepEqual(await warnings(), [
      "there are no schemas for Kubernetes 1.99: objects were checked with those of 1.37",
    ]);
  });

  it("checks custom resources by the definitions of the same render or of named folders", async () => {
    space.put({ "x/q.yaml": queue("0"), "x/crd.yaml": crd });
    const expected = ["x/q.yaml:1: Queue.fabrikam.com/q: spec.size must be at least 1, not 0"];
    assert.deepEqual(await found(), expected);
    space.put({
      "x/crd.yaml": undefined,
      "installed/crd.yaml": crd,
      "fluxgate.yaml": `${deliveryWith("      - copy: { path: x }", version(36))}validate: { schemas: [installed] }\n`,
    });
    assert.deepEqual(await found(), expected);
  });

  it("never passes over a kind without a schema in silence", async () => {
    space.put({ "x/q.yaml": queue("0") });
    assert.deepEqual(await warnings(), [
      "environment dev: no schema for fabrikam.com/v1/Queue: 1 object was not checked. Name a folder with its CustomResourceDefinition under validate.schemas",
    ]);
  });

  for (const placeholder of ["#{TAG}#", "__TAG__", "${TAG}", "{{ TAG }}", "$(TAG)"]) {
    it(`finds the placeholder ${placeholder} that nothing replaced`, async () => {
      space.put({ "x/api.yaml": deployment("replicas: 1", `a:${placeholder}`) });
      assert.deepEqual(await found(), [
        `x/api.yaml:1: Deployment.apps/api: spec.template.spec.containers[0].image still holds ${placeholder}`,
      ]);
    });
  }

  it("finds an unquoted #{x}#, which is a comment to YAML, before any tool reads it", async () => {
    space.put({ "x/a.yaml": configMap("a").replace('{ a: "1" }', "\n  a: #{X}#") });
    assert.match((await space.problems())[0] ?? "", /^x\/a.yaml:5: .*#\{X\}# was not replaced/);
  });

  it("lets variables stay that Flux substitutes, and templates of other tools", async () => {
    space.put({
      "x/api.yaml": deployment("replicas: 1", "${REGISTRY}/a"),
      "x/b.yaml": configMap("b", "{{ .Values.x }} __name__ $x ${REGISTRY}"),
      "fluxgate.yaml": `${deliveryWith("      - copy: { path: x }", version(36))}validate: { postBuild: [REGISTRY] }\n`,
    });
    assert.deepEqual(await warnings(), []);
  });

  it("refuses secrets in plain text and never shows them; encrypted ones may pass", async () => {
    const secret = (value: string) =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: "${value}" }\n`;
    space.put({ "x/s.yaml": secret("hunter2"), "x/c.yaml": configMap("c", "https://u:pw1@x.io") });
    const problems = await found();
    assert.equal(problems.length, 2);
    assert.match(problems[0] ?? "", /ConfigMap\/c: data.a holds a password in an address/);
    assert.match(problems[1] ?? "", /Secret\/s: stringData.password is a secret in plain text/);
    assert.ok(!problems.join().includes("hunter2") && !problems.join().includes("pw1"));
    space.put({
      "x/s.yaml": `${secret("ENC[AES256_GCM,data:x,type:str]")}data: { key: "ENC[AES256_GCM,data:y,type:str]" }\nsops: { mac: x }\n`,
      "x/c.yaml": undefined,
    });
    assert.deepEqual(await warnings(), []);
  });

  it("warns of objects outside of the app's namespace and of cluster-scoped ones", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }", version(36)).replace(
        "    render:",
        "    namespace: shop\n    clusterScoped: [Namespace]\n    render:",
      ),
      "x/a.yaml": configMap("a").replace("name: a", "name: a, namespace: other"),
      "x/more.yaml": ["s", "t"]
        .map(
          (name) =>
            `---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: "${name}" }\nrules: []\n`,
        )
        .join(""),
      "x/n.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n",
      "x/r.yaml":
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: r }\nrules: []\n",
    });
    assert.deepEqual(await warnings(), [
      "x/a.yaml:1: app api, environment dev: ConfigMap/other/a: it is in namespace other, the app's is shop",
      "x/more.yaml:2: app api, environment dev: ClusterRole.rbac.authorization.k8s.io/s and 2 more of its kind: it lives in the whole cluster, outside of the app; name the kind under clusterScoped if that is meant",
    ]);
  });

  it("leaves out what fluxgate.yaml switches off", async () => {
    space.put({
      "x/api.yaml": deployment("replica: 3", "${X}"),
      "fluxgate.yaml": `${deliveryWith("      - copy: { path: x }", version(36))}validate: { off: [schema, placeholders] }\n`,
    });
    assert.deepEqual(await warnings(), []);
  });
});
