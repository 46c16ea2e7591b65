// OpenManifestsPR on a large manifests repository: the built task in a process of its own, over HTTP
// and git, against the sandbox.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import {
  indexPath,
  type OwnershipIndex,
  ownershipIndexText,
} from "../../core/render/ownership-index.ts";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { ensureBuilt } from "../build/ensure-built.ts";

const size = { objects: 2_000, apps: 40, beside: 2_000, elsewhere: 4_000 };
/** Issue "From commit to approved pull request", in ms: what it took before. */
const budget = 12_500;

/** Prints the figures; whether they are within the budget. */
export async function runDeliveryBench(): Promise<boolean> {
  await ensureBuilt(["tasks"]);
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-bench-delivery-"));
  const repository = { name: "manifests", files: foreignFiles() };
  const sandbox = await createSandbox({
    seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories: [repository] }] },
  });
  try {
    const first = await measure(sandbox, { folder, build: 1, what: "all new" });
    await complete(sandbox);
    const second = await measure(sandbox, { folder, build: 2, what: "all changed" });
    return Math.max(first, second) <= budget;
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

function foreignFiles(): Readonly<Record<string, string>> {
  const total = size.beside + size.elsewhere;
  return Object.fromEntries(
    Array.from({ length: total }, (_, at) => [
      `${at < size.beside ? "dev" : `stage-${at % 4}`}/team-${at % 60}/${at}.yaml`,
      configMap(`foreign-${at}`, "x".repeat(400)),
    ]),
  );
}

async function measure(
  sandbox: Sandbox,
  of: { readonly folder: string; readonly build: number; readonly what: string },
): Promise<number> {
  writeRender(of.folder, of.build);
  const started = performance.now();
  const said = await openPullRequest(sandbox, of);
  const ms = performance.now() - started;
  if (!said.includes("task.complete result=Succeeded")) throw new Error(said.slice(-2_000));
  const foreign = `${size.beside} foreign files in the folder and ${size.elsewhere} in others`;
  const over = ms > budget ? "  over budget" : "";
  console.log(
    `OpenManifestsPR, ${size.objects} objects (${of.what}) beside ${foreign}: ${(ms / 1000).toFixed(1)} s (${budget / 1000})${over}`,
  );
  return ms;
}

/** A person merges the first run's, so that the next one finds its files on the target. */
async function complete(sandbox: Sandbox): Promise<void> {
  const rest = restOf(sandbox, "developer");
  const path = "shop/_apis/git/repositories/manifests/pullrequests/1";
  const seen = () =>
    rest.get<{ readonly status: string; readonly lastMergeSourceCommit: object }>(path);
  const { lastMergeSourceCommit } = await seen();
  await rest.send("PATCH", path, { status: "completed", lastMergeSourceCommit });
  await eventually("the merge", async () => (await seen()).status === "completed" || undefined);
}

function openPullRequest(
  sandbox: Sandbox,
  { folder, build }: { readonly folder: string; readonly build: number },
): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    AGENT_TEMPDIRECTORY: folder,
    SYSTEM_COLLECTIONURI: `${sandbox.organisationUrl}/`,
    ...{ SYSTEM_TEAMPROJECT: "shop", BUILD_BUILDID: String(build), BUILD_BUILDNUMBER: "1" },
    BUILD_DEFINITIONNAME: "shop-cd",
    BUILD_REPOSITORY_NAME: "shop",
    BUILD_SOURCEVERSION: "0".repeat(40),
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: "sandbox-build",
    INPUT_ENVIRONMENT: "dev",
    INPUT_RENDEREDFOLDER: join(folder, "rendered"),
    ...{ INPUT_PROJECT: "shop", INPUT_REPOSITORY: "manifests", INPUT_TARGETBRANCH: "main" },
  };
  const task = resolve("dist/tasks/OpenManifestsPR/index.js");
  return new Promise((done) => {
    const limits = { maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [task], { env, cwd: folder, ...limits }, (_, out, err) =>
      done(out + err),
    );
  });
}

/** What RenderManifests leaves, without what only people read. */
function writeRender(folder: string, build: number): void {
  const rendered = join(folder, "rendered");
  rmSync(rendered, { recursive: true, force: true });
  const files: Record<string, OwnershipIndex["files"][string]> = {};
  for (let at = 0; at < size.objects; at += 1) {
    const [app, name] = [`app-${at % size.apps}`, `own-${at}`];
    const path = `${app}/v1_configmap_${name}.yaml`;
    const text = configMap(name, String(build));
    writeText(join(rendered, "dev", path), text);
    const identity = { group: "", version: "v1", kind: "ConfigMap", namespace: "", name };
    files[path] = { app, identity, sha256: createHash("sha256").update(text).digest("hex") };
  }
  const delivery = "shop";
  const head = { apiVersion: "fluxgate.dev/v1", delivery } as const;
  const provenance = { tools: { fluxgate: "0.1.0" }, images: {}, inputsDigest: "" };
  const index = { ...head, kind: "OwnershipIndex", environment: "dev", files, provenance } as const;
  writeText(join(rendered, "dev", indexPath(delivery)), ownershipIndexText(index));
  const environment = {
    ...{ name: "dev", path: "dev", autoComplete: false, draftOnRisk: [], labels: [] },
    validation: { kubernetesVersion: "1.36", checks: ["schema"] },
    ...{ images: [], objects: [], inputsDigest: "", highLevel: [], warnings: [] },
  };
  const result = { ...head, kind: "RenderResult", environments: [environment] };
  writeText(join(rendered, "render-result.json"), JSON.stringify(result));
}

function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function configMap(name: string, value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "${value}"\n`;
}
