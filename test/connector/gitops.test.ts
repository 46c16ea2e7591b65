import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments, stringify } from "yaml";
import { parseConfig } from "../../core/connector-config/parse-config.ts";
import type { HelmRelease } from "../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";
import { objectAt, textAt } from "../../core/flux/read-json.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { ensureTools } from "../../scripts/tools.ts";
import { useKube } from "../support/kube.ts";
import { connectorFolder } from "./connector-process.ts";

const run = promisify(execFile);
const shipped = "connector/gitops";
const files = Object.fromEntries(
  readdirSync(shipped).map((name) => [
    `clusters/dev/fluxgate/${name}`,
    readFileSync(join(shipped, name), "utf8"),
  ]),
);

function isKubernetesObject(value: unknown): value is KubernetesObject {
  return textAt(value, "kind") !== undefined;
}

describe("the manifests that install the connector by Flux", function () {
  this.timeout(120_000);
  const kube = useKube();

  /** What Flux makes of the folder, as the docs say to place it. */
  async function built(): Promise<readonly KubernetesObject[]> {
    const result = await kube().build({ files, path: "clusters/dev" });
    assert.equal(result.kind, "built", JSON.stringify(result));
    return result.kind === "built" ? result.objects.map(({ object }) => object) : [];
  }
  async function release(): Promise<HelmRelease & { readonly values: object }> {
    const found = (await built()).find(({ kind }) => kind === "HelmRelease");
    const parsed = parseFluxObject(found);
    assert.equal(parsed?.kind, "HelmRelease");
    return { ...parsed, values: objectAt(found, "spec", "values") };
  }

  it("are built by Flux, and bring all that they name", async () => {
    const objects = await built();
    assert.deepEqual(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort(), [
      "HelmRelease fluxgate",
      "Namespace fluxgate",
      "OCIRepository fluxgate-connector",
    ]);
    const { chartRef, namespace } = await release();
    assert.deepEqual(chartRef, { kind: "OCIRepository", namespace, name: "fluxgate-connector" });
  });

  it("take the chart from where `npm run publish:connector` puts it", async () => {
    const source = (await built()).find(({ kind }) => kind === "OCIRepository");
    const chart = readFileSync("connector/chart/Chart.yaml", "utf8");
    const [, name = "?"] = /^name: (.+)$/m.exec(chart) ?? [];
    assert.equal(
      textAt(source, "spec", "url"),
      `oci://registry.fabrikam.com/platform/charts/${name}`,
    );
  });

  it("have values that the chart takes, with a configuration that the connector takes", async () => {
    const { helm } = await ensureTools();
    const folder = connectorFolder();
    const { values } = await release();
    const file = folder.write("values.yaml", stringify(values));
    const { stdout } = await run(
      ...[helm, ["template", "fluxgate", "connector/chart", "-n", "fluxgate", "--values", file]],
      { timeout: 30_000 },
    );
    folder.remove();
    const objects = parseAllDocuments(stdout).map((document) => document.toJS() as unknown);
    const map = objects.find((object) => textAt(object, "kind") === "ConfigMap");
    const config = parseConfig(textAt(map, "data", "connector.yaml") ?? "", "connector.yaml");
    assert.equal(config.environments.length, 1);
    const rendered = objects.filter(isKubernetesObject);
    const own = rendered.filter(({ apiVersion }) => !apiVersion.includes("coreos.com"));
    const namespaces = (await built()).filter(({ kind }) => kind === "Namespace");
    const answer = await kube().validate({
      objects: own.map((object) => ({
        object: { ...object, metadata: { namespace: "fluxgate", ...object.metadata } },
      })),
      namespaces,
    });
    assert.equal(answer.kind, "validated", JSON.stringify(answer).slice(0, 500));
    const said = answer.kind === "validated" ? answer.objects : [];
    assert.equal(said.length, own.length);
    const wrong = said.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
    assert.deepEqual(wrong, []);
  });
});
