import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { type FindPath, pathFinder } from "../../clients/kubernetes/find-resource.ts";
import { HttpError } from "../../core/errors.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { useKube } from "../support/kube.ts";
import { sharedCluster } from "../support/shared-cluster.ts";
import { type FieldEdit, fieldEdits, type OpenApi } from "./field-edits.ts";

// Objects of built-in kinds with many fields set, a file a kind.
const folder = new URL("minor-edits/", import.meta.url);
/** Of each object one edit in so many is judged: all of them (a thousand) take minutes. */
const share = 6;
const batch = 40;

/** What a cluster's own settings and classes decide, and who an object is. */
const elsewhere = /RequireDualStack|^Pod spec\.(priority|preemptionPolicy)|^\w+ metadata /;

describe("an edit of one field", function () {
  this.timeout(600_000);
  const kube = useKube();
  let api: Kubernetes;
  let findPath: FindPath;
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    api = connectKubernetes({ kubeconfig: cluster.kubeconfig });
    findPath = pathFinder(api);
  });

  for (const file of readdirSync(folder)) {
    it(`is judged as the real API server does: ${file}`, async () => {
      const found: string[] = [];
      for (const document of parseAllDocuments(readFileSync(new URL(file, folder), "utf8"))) {
        const object = document.toJS() as KubernetesObject;
        const name = { ...object.metadata, name: object.metadata.name.replace("fuzz", "judged") };
        found.push(...(await different({ ...object, metadata: name })));
      }
      assert.deepEqual(found, []);
    });
  }

  async function different(object: KubernetesObject): Promise<readonly string[]> {
    const { path } = (await findPath(identityOf(object))) ?? assert.fail(object.kind);
    const edits = fieldEdits(object, await schemasOf(object)).filter(
      ({ name }, index) => index % share === 0 && !elsewhere.test(`${object.kind} ${name}`),
    );
    const created = await compared(edits, { path });
    assert.equal(await refusal(path, object, ""), undefined);
    try {
      const updates = edits.filter(({ object: after }) => !isEmptied(object, after));
      return [...created, ...(await compared(updates, { path, before: object }))];
    } finally {
      await remove(path);
    }
  }

  async function compared(
    edits: readonly FieldEdit[],
    { path, before }: { readonly path: string; readonly before?: KubernetesObject },
  ): Promise<readonly string[]> {
    const found: string[] = [];
    for (let start = 0; start < edits.length; start += batch) {
      const some = edits.slice(start, start + batch);
      const objects = some.map(({ object }) => ({
        object: object as KubernetesObject,
        ...(before && { before }),
      }));
      const ours = await kube().validate({ objects });
      if (ours.kind !== "validated") return assert.fail(JSON.stringify(ours));
      for (const [index, { name, object }] of some.entries()) {
        const errors = ours.objects[index]?.errors ?? [];
        const theirs = await refusal(path, object, "&dryRun=All");
        if ((theirs === undefined) === (errors.length === 0)) continue;
        const told = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
        found.push(`${before ? "update" : "create"} ${name}: they ${theirs}, we ${told}`);
      }
    }
    return found.map((text) => text.slice(0, 600));
  }

  async function refusal(path: string, body: object, more: string): Promise<string | undefined> {
    const contentType = "application/apply-patch+yaml";
    const query = `fieldManager=test&fieldValidation=Strict&force=true${more}`;
    try {
      await api.call(`${path}?${query}`, { method: "PATCH", body, contentType });
      return undefined;
    } catch (error) {
      if (error instanceof HttpError && error.status >= 400) return error.message;
      throw error;
    }
  }

  async function remove(path: string): Promise<void> {
    const contentType = "application/merge-patch+json";
    const body = { metadata: { finalizers: null } };
    await api.call(path, { method: "PATCH", body, contentType });
    // The product deletes nothing, so its client has no word for it.
    const method = "DELETE" as "POST";
    await api.call(`${path}?gracePeriodSeconds=0`, { method });
  }

  const schemas = new Map<string, Promise<unknown>>();
  async function schemasOf({ apiVersion }: KubernetesObject): Promise<OpenApi> {
    const path = `/openapi/v3/${apiVersion.includes("/") ? "apis" : "api"}/${apiVersion}`;
    const found = schemas.get(path) ?? api.call(path);
    schemas.set(path, found);
    return (await found) as OpenApi;
  }
});

// Whether a mapping that loses its only key stays as an empty one is decided by structured-merge-diff:
// the module has the version of Kubernetes' own release, the cluster that is built here a newer one.
function isEmptied(before: object, after: object): boolean {
  const empties = (object: object) => JSON.stringify(object).split("{}").length;
  return empties(after) > empties(before);
}
