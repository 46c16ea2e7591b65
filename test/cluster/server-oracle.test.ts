import assert from "node:assert/strict";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { HttpError } from "../../core/errors.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { changed, type Change } from "../kube/server-case.ts";
import { serverCases } from "../kube/server-cases.ts";
import { useKube } from "../support/kube.ts";
import { kubectl } from "../support/kubectl.ts";
import { sharedCluster } from "../support/shared-cluster.ts";
import { generatedChanges, generatedUpdates } from "./generated-changes.ts";

type Case = {
  readonly says: string;
  readonly object: KubernetesObject;
  readonly before?: KubernetesObject;
};

// Flux makes server-side applies; so do both sides here. No difference is known that admission or what
// lies in a cluster would explain: one that appears is to be mended, or listed here with its reason.
describe("the API server's own code and the real API server", function () {
  this.timeout(900_000);
  const kube = useKube();
  let api: Kubernetes;
  let kubeconfig = "";
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    ({ kubeconfig } = cluster);
    api = connectKubernetes({ kubeconfig });
  });

  it("judge new objects of all built-in kinds alike", async () => {
    const cases = serverCases.flatMap(({ valid, wrong = [] }) =>
      [{}, ...wrong, ...generatedChanges(changed(valid))].map((change): Case => ({
        says: label(valid, change),
        object: changed(valid, change),
      })),
    );
    assert.ok(cases.length >= 400, String(cases.length));
    assert.deepEqual(await different(cases, refusal), []);
  });

  it("judge updates alike", async () => {
    let count = 0;
    const found: string[] = [];
    for (const { valid, update = [], fine = [] } of serverCases) {
      const before = changed(valid);
      const changes = [{}, ...update, ...fine, ...generatedUpdates(before)];
      const cases = changes.map((change): Case => ({
        ...{ says: `update ${label(valid, change)}`, before },
        object: changed(valid, change),
      }));
      if ((await refusal(before, "")) !== undefined) continue;
      count += cases.length;
      found.push(...(await different(cases, refusal)));
      await remove(before);
    }
    assert.ok(count >= 150, String(count));
    assert.deepEqual(found, []);
  });

  // A webhook that stays would refuse what comes next.
  async function remove({ apiVersion, kind, metadata }: KubernetesObject): Promise<void> {
    const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : [];
    const type = group === "" ? kind : `${kind}.${version}.${group}`;
    const of = metadata.namespace === undefined ? [] : ["--namespace", String(metadata.namespace)];
    await kubectl(kubeconfig, [
      "delete",
      type,
      metadata.name,
      ...of,
      "--wait=false",
      "--ignore-not-found",
    ]);
  }

  async function different(
    cases: readonly Case[],
    theirsOf: (object: KubernetesObject) => Promise<string | undefined>,
  ): Promise<readonly string[]> {
    const ours = await kube().validate({ objects: cases });
    if (ours.kind !== "validated") return assert.fail(JSON.stringify(ours));
    const found: string[] = [];
    for (const [index, { says, object }] of cases.entries()) {
      const errors = ours.objects[index]?.errors ?? [];
      const theirs = await theirsOf(object);
      if ((theirs === undefined) === (errors.length === 0)) continue;
      const told = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
      found.push(`${says}\n  they: ${theirs ?? "fine"}\n  we: ${told || "fine"}`.slice(0, 600));
    }
    return found;
  }

  async function refusal(
    object: KubernetesObject,
    query = "dryRun=All&",
  ): Promise<string | undefined> {
    try {
      await api.call(await pathOf(object, query), {
        ...{ method: "PATCH", body: object, contentType: "application/apply-patch+yaml" },
      });
      return undefined;
    } catch (error) {
      if (error instanceof HttpError && error.status >= 400) return error.message;
      throw error;
    }
  }

  const resources = new Map<string, Promise<Resources>>();
  async function pathOf(object: KubernetesObject, query: string): Promise<string> {
    const { apiVersion, kind, metadata } = object;
    const root = `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}`;
    const known = resources.get(root) ?? (api.call(root) as Promise<Resources>);
    resources.set(root, known);
    const found = (await known).resources.find(
      (each) => each.kind === kind && !each.name.includes("/"),
    );
    assert.ok(found, `${apiVersion} ${kind} is served`);
    const scope = found.namespaced ? "/namespaces/default" : "";
    const name = encodeURIComponent(metadata.name);
    return `${root}${scope}/${found.name}/${name}?${query}fieldManager=fluxgate-test&fieldValidation=Strict&force=true`;
  }
});

type Resources = {
  readonly resources: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
  }[];
};

function label(text: string, change: Change): string {
  return `${/kind: (\w+)/.exec(text)?.[1] ?? ""} ${JSON.stringify(change).slice(0, 200)}`;
}
