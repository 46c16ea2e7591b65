import assert from "node:assert/strict";
import { parse } from "yaml";
import { knownCluster } from "../../rendering/checks/schemas/known-schemas.ts";
import { connectKubernetes } from "../../clients/kubernetes/connect.ts";
import type { Kubernetes } from "../../clients/kubernetes/connect.ts";
import { HttpError } from "../../core/errors.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { checkObjects } from "../../core/render/check-objects.ts";
import { sharedCluster } from "../support/shared-cluster.ts";
import { eventually } from "../support/eventually.ts";
import { objectCases } from "./object-cases.ts";
import { ruleCases } from "./rule-cases.ts";

// Kubernetes 1.36 and Flux 2.9 say what is valid; a server-side apply is what Flux makes.
describe("the check of objects and the real API server", function () {
  this.timeout(600_000);
  let api: Kubernetes;
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    api = connectKubernetes({ kubeconfig: cluster.kubeconfig });
  });

  it("judge names, labels, annotations, lists and Flux's rules alike", async () => {
    const different: string[] = [];
    for (const text of objectCases) {
      const object = parse(text) as KubernetesObject;
      const [theirs, ours] = [await refusal(object), await problems([object])];
      if ((theirs === undefined) !== (ours.length === 0)) {
        different.push(`${text.slice(0, 200)}\n  they: ${theirs ?? "fine"}\n  we: ${ours.join()}`);
      }
    }
    assert.deepEqual(different, []);
  });

  it("judge CEL rules alike, and what we cannot judge is said and no problem", async () => {
    const definition = probeDefinition();
    await api.call(pathOf(definition, ""), applied(definition));
    await eventually("the definition", async () => {
      return (await refusal(probe({}))) === undefined ? true : undefined;
    });
    const different: string[] = [];
    for (const [index, { rule, values, notChecked }] of ruleCases.entries()) {
      for (const value of values) {
        const object = probe({ [`f${index}`]: parse(value) as unknown });
        const theirs = await refusal(object);
        const found = await findings([definition, object]);
        const ours = found.filter(({ severity }) => severity === "error");
        const open = found.filter(({ message }) => message.includes("was not checked"));
        const isSame =
          open.length > 0
            ? notChecked === true && ours.length === 0
            : (theirs === undefined) === (ours.length === 0);
        const said = found.map(({ message }) => message).join();
        if (!isSame) different.push(`${rule} of ${value}: they ${theirs ?? "fine"}, we ${said}`);
      }
    }
    assert.deepEqual(different, []);
  });

  async function refusal(object: KubernetesObject): Promise<string | undefined> {
    try {
      await api.call(pathOf(object, "dryRun=All&"), applied(object));
      return undefined;
    } catch (error) {
      // Entries that a list has twice are answered with 500.
      if (error instanceof HttpError && error.status >= 400) return error.message;
      throw error;
    }
  }
});

const plurals: Readonly<Record<string, string>> = {
  HelmRepository: "helmrepositories",
  GitRepository: "gitrepositories",
  StorageClass: "storageclasses",
  PriorityClass: "priorityclasses",
};
const global = /^(Namespace|ClusterRole|StorageClass|PriorityClass|CustomResourceDefinition)$/;

function pathOf({ apiVersion, kind, metadata }: KubernetesObject, query: string): string {
  const root = apiVersion.includes("/") ? "/apis" : "/api";
  const scope = global.test(kind) ? "" : "/namespaces/default";
  const plural = plurals[kind] ?? `${kind.toLowerCase()}s`;
  const name = encodeURIComponent(metadata.name);
  return `${root}/${apiVersion}${scope}/${plural}/${name}?${query}fieldManager=fluxgate-test&fieldValidation=Strict&force=true`;
}

function applied(body: KubernetesObject) {
  return { method: "PATCH", body, contentType: "application/apply-patch+yaml" } as const;
}

function findings(objects: readonly KubernetesObject[]) {
  const { cluster } = knownCluster("1.36", { definitions: {}, kinds: {} });
  const checked = objects.map((object) => ({ app: { name: "a", clusterScoped: [] }, object }));
  const validation = { off: [], schemas: [], postBuild: [], allowSecrets: [] };
  return checkObjects(checked, cluster, validation);
}

async function problems(objects: readonly KubernetesObject[]): Promise<readonly string[]> {
  const found = await findings(objects);
  const warned = found.filter(({ check, severity }) => check === "rules" && severity === "warning");
  assert.deepEqual(warned, [], "each of Flux's rules is judged");
  return found.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

function probe(spec: object): KubernetesObject {
  return { apiVersion: "fluxgate-test.dev/v1", kind: "Probe", metadata: { name: "a" }, spec };
}

function probeDefinition(): KubernetesObject {
  const fields = ruleCases.map(({ rule, schema, more = {} }, index) => {
    const field = parse(schema) as object;
    return [`f${index}`, { ...field, "x-kubernetes-validations": [{ rule, ...more }] }] as const;
  });
  const spec = { type: "object", properties: Object.fromEntries(fields) };
  const schema = { openAPIV3Schema: { type: "object", properties: { spec } } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "probes.fluxgate-test.dev" },
    spec: {
      group: "fluxgate-test.dev",
      scope: "Namespaced",
      names: { kind: "Probe", plural: "probes", singular: "probe", listKind: "ProbeList" },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}
