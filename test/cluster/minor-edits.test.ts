import assert from "node:assert/strict";
import { parse } from "yaml";
import { mapLimited } from "../../clients/map-limited.ts";
import { diffManifests } from "../../core/diff/diff-manifests.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import { refusalOf, type Stored, useApiServer } from "./api-server.ts";
import { fieldEdits } from "./field-edits.ts";
import { richObjects } from "./rich-objects.ts";

describe("edits of one field that are minor", function () {
  this.timeout(600_000);
  const server = useApiServer();

  for (const [file, texts] of Object.entries(richObjects)) {
    it(`are taken by the API server, and stored alike but for their order: ${file}`, async () => {
      const found: string[] = [];
      for (const text of texts) found.push(...(await untrue(parse(text) as KubernetesObject)));
      assert.deepEqual(found, []);
    });
  }

  async function untrue(object: KubernetesObject): Promise<readonly string[]> {
    const path = await server.pathOf(object);
    await server.apply(path, object);
    try {
      const before = stored(await server.apply(path, object, { dryRun: true }));
      const edits = fieldEdits(object, await server.schemasOf(object));
      const found = await mapLimited(edits, 8, async ({ name, object: after }) => {
        const classes = minorClasses(object, after);
        if (classes === undefined || Object.hasOwn(meant, `${object.kind} ${name}`)) return [];
        const answer = await server.apply(path, after, { dryRun: true }).catch(refusalOf);
        const title = `${name} (${classes.join()})`;
        if (typeof answer === "string") return [`${title}: ${answer.slice(0, 300)}`];
        const isLabel = classes.some((one) => labels.has(one));
        return isLabel || stored(answer) === before ? [] : [`${title}: is stored otherwise`];
      });
      return found.flat();
    } finally {
      await server.remove(path);
    }
  }
});

/** Minor all the same. */
const meant = {
  'ConfigMap data.a = "x\\ny \\n \\n"': "blanks at the ends of lines (docs/diff.md)",
  "Job spec.selector = null": "takes away what the server generated, which no manifest had",
  'PersistentVolume spec.nodeAffinity.required.nodeSelectorTerms.0.matchExpressions.0.values = ["c","b"]':
    "may be set once, so it is no field that cannot change",
};

/** Their values are meant to differ. */
const labels = new Set<string>(["version-label", "checksum"]);

/** The classes of an edit's noise; undefined where anything counts, or where nothing differs. */
function minorClasses(before: object, after: object): readonly string[] | undefined {
  const file = (object: object) => [{ path: "a.yaml", text: JSON.stringify(object) }];
  const { objects, problems } = diffManifests(file(before), file(after));
  const [one] = objects;
  if (problems.length > 0 || objects.length !== 1 || one?.change !== "changed") return undefined;
  const classes = one.edits.map(({ noise }) => noise);
  return classes.every((noise) => noise !== undefined) ? [...new Set(classes)] : undefined;
}

// Times, versions and owners of fields are the server's.
function stored({ metadata, status: _, ...rest }: Stored): string {
  const own = isRecord(metadata) ? metadata : {};
  const kept = ["labels", "annotations", "finalizers", "ownerReferences"].map((key) => own[key]);
  return JSON.stringify(inOrder([rest, kept]));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]));
}
