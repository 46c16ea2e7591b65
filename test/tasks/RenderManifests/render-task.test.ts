import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureBuilt } from "../../../scripts/build/ensure-built.ts";
import { configMap, toolsOnPath, workspace } from "../../rendering/rendering-harness.ts";
import type { Workspace } from "../../rendering/rendering-harness.ts";

const program = resolve("dist/tasks/RenderManifests/index.js");

describe("the RenderManifests task", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
    await ensureBuilt(["tasks"]);
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace("shop");
  });
  afterEach(() => space.remove());

  function run(env: Readonly<Record<string, string>> = {}) {
    const { stdout } = spawnSync(process.execPath, [program], {
      cwd: space.checkout,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        SYSTEM_DEFAULTWORKINGDIRECTORY: space.checkout,
        AGENT_TEMPDIRECTORY: join(space.out, ".."),
        SYSTEM_COLLECTIONURI: "https://dev.azure.com/fabrikam/",
        SYSTEM_TEAMPROJECT: "shop",
        BUILD_BUILDID: "42",
        BUILD_SOURCEVERSION: "c".repeat(40),
        BUILD_REPOSITORY_URI: "https://fabrikam@dev.azure.com/fabrikam/shop/_git/shop",
        REPLICAS: "3",
        API_HOST: "shop.fabrikam.com",
        VSTS_PUBLIC_VARIABLES: '["REPLICAS","API_HOST"]',
        INPUT_ENVIRONMENTS: "dev,\nprod",
        INPUT_DELIVERYFILE: "fluxgate.yaml",
        INPUT_IMAGESFILE: "image-tags.json",
        INPUT_OUTPUTFOLDER: space.out,
        ...env,
      },
    });
    return stdout.split("\n").filter((line) => !/^##vso\[task.debug\](?!.*hunter2)/.test(line));
  }

  it("leads a warning to the template that it is about", () => {
    writeFileSync(
      join(space.checkout, "deploy/web/z.yaml"),
      "apiVersion: fabrikam.com/v1\nkind: ClusterThing\nmetadata: { name: z }\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: z }\nrules: []\n",
    );
    const warned = run().filter((line) => line.includes("type=warning") && line.includes("z.yaml"));
    assert.equal(warned.length, 2, warned.join("\n"));
    assert.match(warned[0] ?? "", /sourcepath=deploy\/web\/z.yaml;linenumber=\d+;/);
  });

  it("names the environment of a warning once", () => {
    const [warned = ""] = run({ FLUXGATE_KUBE: "" }).filter((line) => line.includes("own rules"));
    assert.match(warned, /\]environment dev: the API server's own rules were not checked/);
  });

  it("renders, hands on the folder and notes the run it was made by", () => {
    const lines = run();
    assert.ok(lines.includes("dev: 4 objects rendered"), lines.join("\n"));
    assert.ok(
      lines.includes(
        "To repeat this on your machine: fluxgate validate --delivery fluxgate.yaml --environment dev --environment prod --images image-tags.json --set REPLICAS=3 --set API_HOST=shop.fabrikam.com",
      ),
    );
    assert.ok(
      lines.includes(
        `##vso[task.setvariable variable=outputFolder;isOutput=true;issecret=false;]${space.out}`,
      ),
    );
    assert.ok(lines.includes("##vso[task.complete result=Succeeded;]Rendered dev, prod"));
    const { provenance } = JSON.parse(space.read("dev/.fluxgate/shop.json")) as {
      provenance: unknown;
    };
    assert.deepEqual(Object.entries(provenance as object).slice(0, 2), [
      [
        "source",
        { repository: "https://dev.azure.com/fabrikam/shop/_git/shop", commit: "c".repeat(40) },
      ],
      ["run", "https://dev.azure.com/fabrikam/shop/_build/results?buildId=42"],
    ]);
    const folder = join(space.out, "..");
    const summary = readdirSync(folder).find((name) => name.endsWith(".md")) ?? "";
    const markdown = readFileSync(join(folder, summary), "utf8");
    assert.match(markdown, /4 objects \(1 ClusterRole/);
    assert.match(markdown, /- tools: helm \d+\.\d+\.\d+, kubectl \d/);
    assert.match(markdown, /- isolation: /);
  });

  it("sums up what changes in a folder that held a render, and what to look at twice", () => {
    run();
    for (const name of readdirSync(join(space.out, ".."))) {
      if (name.endsWith(".md")) rmSync(join(space.out, "..", name));
    }
    space.put({
      "deploy/web/added.yaml": configMap("added"),
      "deploy/chart/templates/service.yaml": undefined,
    });
    run({ REPLICAS: "1" });
    const folder = join(space.out, "..");
    const summary = readdirSync(folder).find((name) => name.endsWith(".md")) ?? "";
    const markdown = readFileSync(join(folder, summary), "utf8");
    assert.match(
      markdown,
      /Checked for Kubernetes 1\.\d+: schema, rules, names, lifecycle, placeholders, secrets/,
    );
    assert.match(markdown, /1 added, 1 changed, 1 removed\./);
    assert.match(
      markdown,
      /\*\*Look twice at\*\*\n(- .*\n)*- `Service shop\/api`: is removed, and Flux deletes it/,
    );
    assert.match(markdown, /\*\*Added\*\*\n- `ConfigMap shop\/added`/);
    assert.match(markdown, /\*\*Changed\*\*\n- `Deployment shop\/web`/);
  });

  it("fails with each problem as an issue that has its file and line", () => {
    space.put({ "fluxgate.yaml": "apiVersion: fluxgate.dev/v1\nkind: Deliverie\n" });
    const issues = run().filter((line) => /^##vso\[task\.(log)?issue [^\]]*type=error/.test(line));
    assert.ok(
      issues.some((line) => /linenumber=2/.test(line) && /must be "Delivery"/.test(line)),
      issues.join("\n"),
    );
  });

  // To the agent api.host and API_HOST are one.
  it("refuses a secret variable without showing it, however its name is spelt", () => {
    const lines = run({
      SECRET_API_HOST: "hunter2",
      VSTS_SECRET_VARIABLES: '["api.Host"]',
      VSTS_PUBLIC_VARIABLES: '["REPLICAS"]',
    }).join("\n");
    assert.match(lines, /variable API_HOST is secret/);
    assert.match(lines, /result=Failed/);
    assert.ok(!lines.includes("hunter2"));
  });

  it("refuses output that holds a secret variable's value, whatever way it took", () => {
    space.put({ "deploy/web/token.yaml": configMap("token", "see hunter2-hunter2") });
    const lines = run({
      SECRET_DB_PASSWORD: "hunter2-hunter2",
      VSTS_SECRET_VARIABLES: '["DB_PASSWORD"]',
    });
    const issues = lines.filter((line) => line.includes("DB_PASSWORD")).join("\n");
    assert.match(
      issues,
      /ConfigMap\/shop\/token \(web\/.*\) holds the value of secret variable DB_P/,
    );
    assert.ok(!lines.join("\n").includes("hunter2"));
  });
});
