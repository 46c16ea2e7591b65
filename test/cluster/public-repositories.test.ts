// Manifests of public repositories: FLUXGATE_REPOSITORIES names a folder that holds a checkout of each.
// What is different is printed, to be mended, or listed here with its reason.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { canonical } from "../../core/diff/values.ts";
import { isBuiltIn } from "../../core/manifests/built-in-groups.ts";
import { identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { existingObjects } from "../../core/render/existing-objects.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { useKube } from "../support/kube.ts";
import { useApiServer } from "./api-server.ts";
import { type Checkout, checkoutsIn, foldersToBuild, plainObjects } from "./public-objects.ts";

const folder = process.env["FLUXGATE_REPOSITORIES"] ?? "";

/** What only a cluster knows: other admission, and what lies there. */
const clusterOnly = [
  /no PriorityClass with name/,
  /serviceaccount "[^"]*" not found|error looking up service account/,
  /RuntimeClass "[^"]*" not found|runtimeclass.* not found/i,
  /namespaces "[^"]*" not found/,
  /is forbidden: .*(attempting to grant RBAC permissions|not allowed to|quota|may not)/,
  // What was taken out of some cluster: there it is an update.
  /uid mismatch: the provided object specified uid/,
  // What is there by this name already is updated, and not made.
  /field is immutable|already allocated/,
];

describe("manifests of public repositories", function () {
  this.timeout(60 * 60_000);
  before(function () {
    if (folder !== "" && existsSync(folder)) return;
    process.stdout.write("    skipped: FLUXGATE_REPOSITORIES names no folder of checkouts\n");
    this.skip();
  });
  // Bundles of definitions take long where others compute too.
  const kube = useKube({ deadlineMilliseconds: 10 * 60_000 });
  const server = useApiServer();
  const built = new Map<string, KubernetesObject>();
  const keep = (objects: readonly KubernetesObject[]) => {
    for (const one of objects) built.set(canonical(one), one);
  };

  it("are built as kustomize alone builds them", async () => {
    const { kubectl } = await ensureTools();
    const counted = { folders: 0, objects: 0, refusedByBoth: 0, elsewhere: 0 };
    const different: string[] = [];
    for (const checkout of checkoutsIn(folder)) {
      for (const path of foldersToBuild(checkout)) {
        const ours = await kube().build({ files: checkout.files, path, origins: false });
        // Remote bases: nothing is fetched here.
        if (ours.kind === "elsewhere") counted.elsewhere += 1;
        if (ours.kind === "elsewhere") continue;
        const theirs = kustomize(kubectl, join(folder, checkout.name, path));
        counted.folders += 1;
        if (ours.kind !== "built" || typeof theirs === "string") {
          if (ours.kind === "failed" && typeof theirs === "string") counted.refusedByBoth += 1;
          else different.push(said(checkout, path, [JSON.stringify(ours), JSON.stringify(theirs)]));
          continue;
        }
        const own = ours.objects.map(({ object }) => object);
        counted.objects += own.length;
        keep(own);
        const [we, they] = [own, theirs].map((all) => all.map(canonical).sort());
        const others = [
          (we ?? []).find((one) => they?.includes(one) === false),
          (they ?? []).find((one) => we?.includes(one) === false),
        ];
        if (we?.join() !== they?.join()) different.push(said(checkout, path, others));
      }
    }
    process.stdout.write(`      ${JSON.stringify(counted)}\n`);
    assert.equal(different.join("\n\n"), "");
  });

  it("are taken and refused as the real API server does", async () => {
    for (const checkout of checkoutsIn(folder)) keep(plainObjects(checkout));
    const all = [...built.values()]
      .filter((one) => isBuiltIn(identityOf(one).group))
      .map(inDefault);
    const ours = await kube().validate({ objects: all.map((object) => ({ object })) });
    if (ours.kind !== "validated") return assert.fail(ours.text);
    const counted = { objects: 0, refusedByBoth: 0, byTheClusterOnly: 0, notServed: 0 };
    const different: string[] = [];
    for (const [at, object] of all.entries()) {
      const errors = ours.objects[at]?.errors ?? [];
      const path = await server.pathOf(object).catch(() => undefined);
      counted.objects += 1;
      if (path === undefined) {
        counted.notServed += 1;
        if (errors.length === 0) different.push(`${nameOf(object)}: it is not served, we take it`);
        continue;
      }
      const theirs = await server.refusal(path, object, { strict: true, dryRun: true });
      if (theirs !== undefined && errors.length > 0) counted.refusedByBoth += 1;
      else if (theirs !== undefined && clusterOnly.some((one) => one.test(theirs))) {
        counted.byTheClusterOnly += 1;
      } else if ((theirs === undefined) !== (errors.length === 0)) {
        const we = errors.map(({ field, text }) => `${field}: ${text}`).join("; ");
        different.push(`${nameOf(object)}\n  they: ${theirs ?? "fine"}\n  we: ${we || "fine"}`);
      }
    }
    process.stdout.write(`      ${JSON.stringify(counted)}\n`);
    assert.equal(different.map((one) => one.slice(0, 800)).join("\n\n"), "");
  });
});

/** What the tool alone makes of a folder, or what it says where it refuses. */
function kustomize(kubectl: string, path: string): readonly KubernetesObject[] | string {
  const args = ["kustomize", "--load-restrictor", "LoadRestrictionsNone", path];
  const { status, stdout, stderr, error } = spawnSync(kubectl, args, {
    ...{ encoding: "utf8", maxBuffer: 200_000_000, timeout: 120_000 },
  });
  if (status !== 0) return stderr || String(error);
  return existingObjects([{ path: "built.yaml", text: stdout }]).map(({ object }) => object);
}

// Namespaces that are not there would hide what is said of the object.
function inDefault(object: KubernetesObject): KubernetesObject {
  const { namespace, ...metadata } = object.metadata;
  return namespace === undefined
    ? object
    : { ...object, metadata: { ...metadata, namespace: "default" } };
}

function said({ name }: Checkout, path: string, sides: readonly (string | undefined)[]): string {
  const [we = "nothing more", they = "nothing more"] = sides.map((one) => one?.slice(0, 600));
  return `${name}/${path}\n  we: ${we}\n  they: ${they}`;
}

function nameOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${metadata.name}`;
}
