import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseAllDocuments } from "yaml";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { fluxgate } from "../cli/cli-process.ts";

type Named = { readonly kind: string; readonly metadata: { name: string; namespace?: string } };

const identities = (text: string) =>
  parseAllDocuments(text)
    .map((one) => one.toJS() as Named | null)
    .flatMap((one) => (one === null ? [] : [one]))
    .map(({ kind, metadata: { name, namespace } }) => `${kind} ${namespace ?? ""}/${name}`)
    .sort();

/** `fluxgate …` and `kubectl …` as the page has them, in their order. */
const commandsOf = (page: string) =>
  [...readFileSync(`docs/from/${page}.md`, "utf8").matchAll(/`((?:fluxgate|kubectl) [^`]+)`/g)].map(
    ([, line = ""]) => line.split(" "),
  );

const chart = {
  "deploy/chart/Chart.yaml": "apiVersion: v2\nname: api\nversion: 1.0.0\n",
  "deploy/chart/values.yaml": "host: none\n",
  "deploy/values-dev.yaml": "host: dev.fabrikam.com\n",
  "deploy/chart/templates/all.yaml": `apiVersion: v1
kind: ConfigMap
metadata: { name: "{{ .Release.Name }}" }
data: { host: "{{ .Values.host }}" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: "{{ .Release.Name }}-elsewhere", namespace: monitoring }
`,
};
const baked = `trigger: [main]
stages:
  - stage: dev
    jobs:
      - deployment: dev
        environment: dev
        strategy:
          runOnce:
            deploy:
              steps:
                - task: KubernetesManifest@1
                  name: bake
                  inputs:
                    action: bake
                    renderType: helm
                    helmChart: deploy/chart
                    releaseName: shop-api
                    overrideFiles: deploy/values-dev.yaml
                - task: KubernetesManifest@1
                  inputs:
                    action: deploy
                    kubernetesServiceConnection: aks-dev
                    namespace: shop
                    manifests: $(bake.manifestsBundle)
`;

describe("the pages for those who come from other ways, walked command by command", function () {
  this.timeout(180_000);
  let folder: string;
  let tools: { readonly bin: string; readonly helm: string };
  const oldPath = process.env["PATH"];
  before(async () => {
    await ensureBuilt(["cli"]);
    const { bin } = await ensureTools();
    tools = { bin, helm: join(bin, "helm") };
    process.env["PATH"] = `${bin}${delimiter}${oldPath ?? ""}`;
  });
  after(() => {
    process.env["PATH"] = oldPath;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-from-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function repository(name: string, files: Readonly<Record<string, string>>): string {
    const at = join(folder, name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(at, path)), { recursive: true });
      writeFileSync(join(at, path), text);
    }
    const who = ["-c", "user.name=a", "-c", "user.email=a@fabrikam.com"];
    execFileSync("git", ["init", "--quiet", "--initial-branch=main", at]);
    execFileSync("git", ["add", "--all"], { cwd: at });
    execFileSync("git", [...who, "commit", "--quiet", "--message", "old"], { cwd: at });
    return at;
  }
  const run = (cwd: string, args: readonly string[]) => {
    const { code, out, err } = fluxgate(cwd, args);
    assert.equal(code, 0, [...out, ...err].join("\n"));
    return out.join("\n");
  };
  const changed = (at: string) =>
    execFileSync("git", ["status", "--short"], { cwd: at, encoding: "utf8" });

  it("KubernetesManifest@1: what is rendered is what was deployed, object by object", () => {
    const shop = repository("shop", { ...chart, "azure-pipelines.yml": baked });
    const manifests = repository("shop-manifests", { "README.md": "manifests\n" });
    const [init = [], render = [], diff = []] = commandsOf("kubernetes-manifest");
    const said = run(shop, init.slice(1));
    assert.match(said, /azure-pipelines\.yml:11: KubernetesManifest@1 bakes/);
    assert.match(said, /azure-pipelines\.yml:19: KubernetesManifest@1 deploys/);
    run(shop, render.slice(1));
    // The folder that the page lets kubectl compare.
    const build = join(shop, diff.at(-1) ?? "");
    const kustomize = execFileSync(join(tools.bin, "kubectl"), ["kustomize", build]);
    const before = execFileSync(
      tools.helm,
      ["template", "shop-api", "deploy/chart", "--values", "deploy/values-dev.yaml"],
      { cwd: shop, encoding: "utf8" },
    );
    const deployed = identities(before)
      .map((one) => one.replace(" /", " shop/"))
      .sort();
    assert.deepEqual(identities(String(kustomize)), deployed);
    assert.match(String(kustomize), /host: dev\.fabrikam\.com/);
    assert.match(changed(manifests), /\?\? dev\//);
  });

  it("a script: existing files are taken over an app at a time, and the cluster notices nothing", () => {
    const config = (name: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { a: "1" }\n`;
    const shop = repository("shop", { "deploy/api/a.yaml": config("api") });
    const manifests = repository("shop-manifests", {
      "dev/old/all.yaml": config("api"),
      "dev/other/o.yaml": config("other"),
    });
    const [init = [], adopt = [], ...more] = commandsOf("scripts");
    assert.deepEqual(more, []);
    const said = run(shop, init.slice(1));
    assert.match(said, /dev: 0 objects changed, 1 unchanged/);
    const [name = ""] = /(?<=^app )[\w-]+/m.exec(said) ?? [];
    const taken = run(shop, [...adopt.slice(1), "--app", name]);
    assert.match(taken, /dev: 0 objects changed/);
    assert.deepEqual(readdirSync(join(manifests, "dev/other")), ["o.yaml"]);
    assert.match(changed(manifests), / D dev\/old\/all\.yaml/);
    assert.doesNotMatch(changed(manifests), /other/);
    // From then on a run changes nothing.
    assert.match(run(shop, ["render", "--out", manifests]), /nothing|unchanged/);
  });

  it("an image automation: files with its marker are named, since rendering writes none", () => {
    const line = 'image: registry.fabrikam.com/shop/api:1 # {"$imagepolicy": "flux-system:api"}';
    const shop = repository("shop", {
      "deploy/a.yaml": `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      ${line}\n`,
    });
    const said = run(shop, ["init"]);
    assert.match(said, /deploy\/a\.yaml:7: an image automation writes here/);
    const out = join(folder, "out");
    run(shop, ["render", "--out", out]);
    const [file = ""] = readdirSync(join(out, "dev"), { recursive: true, encoding: "utf8" }).filter(
      (path) => path.includes("_pod_"),
    );
    assert.doesNotMatch(readFileSync(join(out, "dev", file), "utf8"), /imagepolicy/);
  });
});
