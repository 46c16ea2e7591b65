import assert from "node:assert/strict";
import { parse } from "yaml";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { useKube } from "../support/kube.ts";
import { useApiServer } from "./api-server.ts";
import { type FieldEdit, fieldEdits } from "./field-edits.ts";
import { richObjects } from "./rich-objects.ts";

/** Of each object one edit in so many is judged: all of them (a thousand) take minutes. */
const share = 6;
/** What a Pod has been judged by, a pod template is judged by again: of those fewer. */
const shareOfTemplates = 30;
/** So many in one call, which ends after 30 s, and so many at once of the server. */
const batch = 8;

/** What a cluster's own settings and classes decide, and who an object is. */
const elsewhere =
  /RequireDualStack|^Pod spec\.(priority|preemptionPolicy)|^PersistentVolumeClaim spec\.resources|^\w+ metadata /;

describe("an edit of one field", function () {
  this.timeout(600_000);
  const kube = useKube();
  const server = useApiServer();

  for (const [file, texts] of Object.entries(richObjects)) {
    it(`is judged as the real API server does: ${file}`, async () => {
      const found: string[] = [];
      for (const text of texts) {
        const object = parse(text) as KubernetesObject;
        const name = { ...object.metadata, name: object.metadata.name.replace("fuzz", "judged") };
        found.push(...(await different({ ...object, metadata: name })));
      }
      assert.deepEqual(found, []);
    });
  }

  async function different(object: KubernetesObject): Promise<readonly string[]> {
    const path = await server.pathOf(object);
    const edits = fieldEdits(object, await server.schemasOf(object)).filter(
      ({ name }, index) =>
        index % (isOfTemplate(name) ? shareOfTemplates : share) === 0 &&
        !elsewhere.test(`${object.kind} ${name}`),
    );
    const created = await compared(edits, { path });
    assert.equal(await server.refusal(path, object, { strict: true }), undefined);
    try {
      const updates = edits.filter(({ object: after }) => !isEmptied(object, after));
      return [...created, ...(await compared(updates, { path, before: object }))];
    } finally {
      await server.remove(path);
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
      const asked = { strict: true, dryRun: true };
      const [ours, ...refusals] = await Promise.all([
        kube().validate({ objects }),
        ...some.map(({ object }) => server.refusal(path, object, asked)),
      ]);
      if (ours.kind !== "validated") return assert.fail(JSON.stringify(ours));
      for (const [index, { name }] of some.entries()) {
        const errors = ours.objects[index]?.errors ?? [];
        const theirs = refusals[index];
        if ((theirs === undefined) === (errors.length === 0)) continue;
        const told = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
        found.push(`${before ? "update" : "create"} ${name}: they ${theirs}, we ${told}`);
      }
    }
    return found.map((text) => text.slice(0, 600));
  }
});

const isOfTemplate = (edit: string) => edit.includes(".template.spec.");

// Whether a mapping that loses its only key stays as an empty one is decided by structured-merge-diff:
// the module has the version of Kubernetes' own release, the cluster that is built here a newer one.
function isEmptied(before: object, after: object): boolean {
  const empties = (object: object) => JSON.stringify(object).split("{}").length;
  return empties(after) > empties(before);
}
