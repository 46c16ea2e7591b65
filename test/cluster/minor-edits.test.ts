import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { connectKubernetes, type Kubernetes } from "../../clients/kubernetes/connect.ts";
import { type FindPath, pathFinder } from "../../clients/kubernetes/find-resource.ts";
import { diffManifests } from "../../core/diff/diff-manifests.ts";
import { HttpError } from "../../core/errors.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import { sharedCluster } from "../support/shared-cluster.ts";
import { fieldEdits, type OpenApi } from "./field-edits.ts";

type Mapping = Readonly<Record<string, unknown>>;

// Objects of built-in kinds with many fields set, a file a kind.
const folder = new URL("minor-edits/", import.meta.url);

describe("edits of one field that are minor", function () {
  this.timeout(600_000);
  let api: Kubernetes;
  let findPath: FindPath;
  before(async function () {
    const cluster = await sharedCluster();
    if (cluster === undefined) return this.skip();
    api = connectKubernetes({ kubeconfig: cluster.kubeconfig });
    findPath = pathFinder(api);
  });

  for (const file of readdirSync(folder)) {
    it(`are taken by the API server, and stored alike but for their order: ${file}`, async () => {
      const found: string[] = [];
      for (const document of parseAllDocuments(readFileSync(new URL(file, folder), "utf8"))) {
        found.push(...(await untrue(document.toJS() as KubernetesObject)));
      }
      assert.deepEqual(found, []);
    });
  }

  async function untrue(object: KubernetesObject): Promise<readonly string[]> {
    const { path } =
      (await findPath(identityOf(object))) ?? assert.fail(`no path of ${object.kind}`);
    await apply(path, object);
    try {
      const before = stored(await apply(path, object, "&dryRun=All"));
      const found: string[] = [];
      for (const { name, object: after } of fieldEdits(object, await schemasOf(object))) {
        const classes = minorClasses(object, after);
        if (classes === undefined || Object.hasOwn(meant, `${object.kind} ${name}`)) continue;
        const answer = await apply(path, after, "&dryRun=All").catch(refusal);
        if (typeof answer === "string") found.push(`${name} (${classes.join()}): ${answer}`);
        else if (!classes.some((one) => labels.has(one)) && stored(answer) !== before) {
          found.push(`${name} (${classes.join()}): is stored otherwise`);
        }
      }
      return found;
    } finally {
      await remove(path);
    }
  }

  async function apply(path: string, body: object, more = ""): Promise<Mapping> {
    const contentType = "application/apply-patch+yaml";
    const query = `fieldManager=test&force=true${more}`;
    return (await api.call(`${path}?${query}`, { method: "PATCH", body, contentType })) as Mapping;
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
function stored({ metadata, status: _, ...rest }: Mapping): string {
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

function refusal(error: unknown): string {
  if (error instanceof HttpError && error.status >= 400) return error.message.slice(0, 300);
  throw error;
}
