import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { ensureTools } from "../../scripts/tools.ts";
import type { Build } from "../../core/azure-devops/types.ts";
import { fluxgate } from "../cli/cli-process.ts";
import { as, complete, ended, pullRequestOf, push, records, waitLog } from "../support/actions.ts";
import { namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { openWorld, type World } from "../support/world.ts";
import { codeRepository, deployedBefore } from "./adoption-repository.ts";

describe("scenario 53: a repository with three services in three styles is adopted", function () {
  this.timeout(300_000);
  const namespace = "s53";
  const old = {
    code: codeRepository(namespace),
    manifests: {
      "README.md": "manifests\n",
      "clusters/dev/namespace.yaml": namespaceFile(namespace),
      "clusters/dev/store/all.yaml": deployedBefore(namespace, "1"),
      "clusters/prod/store/all.yaml": deployedBefore(namespace, "2"),
    },
  };
  let folder: string;
  let world: World;
  let tools: string;
  const at = (name: string) => join(folder, name);

  function clone(name: string, files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(at(name), path)), { recursive: true });
      writeFileSync(join(at(name), path), text);
    }
    execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: at(name) });
  }

  /** What a push of the whole folder changes. */
  function changed(name: string, was: Readonly<Record<string, string>>) {
    const listed = execFileSync("git", ["ls-files", "-z", "--others"], {
      cwd: at(name),
    }).toString();
    const now = listed.split("\0").filter((path) => path !== "");
    const files: Record<string, string | undefined> = {};
    for (const path of now) {
      const text = readFileSync(join(at(name), path), "utf8");
      if (was[path] !== text) files[path] = text;
    }
    for (const path of Object.keys(was)) if (!now.includes(path)) files[path] = undefined;
    return files;
  }

  before(async () => {
    await ensureBuilt(["cli", "tasks", "connector"]);
    tools = (await ensureTools()).bin;
    folder = mkdtempSync(join(tmpdir(), "fluxgate-adoption-"));
    clone("store", old.code);
    clone("manifests", old.manifests);
    world = await openWorld({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              { name: "store", files: old.code },
              { name: "manifests", files: old.manifests },
              { name: "fluxgate-templates", files: readFolder(resolve("pipeline-templates")) },
            ],
          },
        ],
      },
      pipelines: {
        definitions: ["ci", "cd"].map((kind) => ({
          ...{ name: `store-${kind}`, project: "shop", repository: "store" },
          yamlPath: `azure-pipelines/${kind}.yml`,
        })),
        variableGroups: ["dev", "prod"].map((name) => ({
          name: `store-${name}`,
          variables: { WORKER_REPLICAS: "1" },
        })),
      },
      manifests: {
        repository: "manifests",
        interval: "2s",
        kustomizations: ["dev", "prod"].map((environment) => ({
          name: `s53-${environment}`,
          path: `clusters/${environment}`,
          environment,
        })),
      },
    });
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("by init, adopt and the pipelines: the first run is green in every environment", async () => {
    const init = fluxgate(at("store"), ["init", "--manifests", at("manifests"), "--tools", tools]);
    assert.equal(init.code, 0, [...init.out, ...init.err].join("\n"));
    const said = init.out.join("\n");
    assert.match(said, /app api: chart services\/api\/chart/);
    assert.match(
      said,
      /app web: kustomizations services\/web\/deploy\/overlays\/\$\{environment\}/,
    );
    assert.match(said, /app worker: YAML with tokens #\{name\}# in services\/worker\/k8s/);
    assert.match(said, /azure-pipelines.yml:8: kubectl apply deploys/);
    assert.match(said, /made up for this: WORKER_REPLICAS/);

    // Only the tags differ, which the first run of CI replaces.
    const adopt = fluxgate(at("store"), [
      ...["adopt", "--out", at("manifests"), "--tools", tools],
      ...["--set", "WORKER_REPLICAS=1"],
    ]);
    assert.equal(adopt.code, 0, [...adopt.out, ...adopt.err].join("\n"));
    assert.match(adopt.out.join("\n"), /dev: 1 object changed, 2 unchanged/);
    assert.match(adopt.out.join("\n"), /prod: 1 object changed, 2 unchanged/);

    await push(world, "manifests", { files: changed("manifests", old.manifests) });
    const commit = await push(world, "store", { files: changed("store", old.code) });
    const ci = await eventually("the run of CI", () => run("store-ci", commit), patience);
    assert.equal(await ended(world, ci), "succeeded", await issuesOf(world, ci));
    const cd = await eventually("the run of CD", () => run("store-cd"), patience);
    for (const environment of ["dev", "prod"]) {
      await complete(world, await pullRequestOf(world, cd, environment));
    }
    assert.equal(await ended(world, cd), "succeeded", await issuesOf(world, cd));
    const last = (await waitLog(world, cd, "prod")).at(-1) ?? "";
    assert.match(last, /is deployed in prod and healthy/);
  });

  async function issuesOf(of: World, build: Build): Promise<string> {
    const all = await records(of, build);
    return all.flatMap(({ issues }) => issues?.map(({ message }) => message) ?? []).join("\n");
  }

  const patience = { withinMs: 120_000, everyMs: 200 };
  async function run(name: string, commit?: string): Promise<Build | undefined> {
    const { value } = await as(world, "reader").get<{ value: readonly Build[] }>(
      "shop/_apis/build/builds",
    );
    return value.find(
      ({ definition, sourceVersion }) =>
        definition.name === name && (commit === undefined || sourceVersion === commit),
    );
  }
});
