import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import { compareCommits } from "../../hub/data/compare-commits.ts";
import { loadChanges } from "../../hub/data/load-changes.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { clientOf } from "../support/sandbox.ts";

const object = (n: number, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${n}, namespace: shop }\ndata: { a: "${value}" }\n`;

describe("the files behind a review", () => {
  let world: HubWorld;
  before(async () => {
    world = await startHubWorld();
  });
  after(() => world.stop());

  async function compared(files: number) {
    const names = Array.from({ length: files }, (_, n) => `c${n}.yaml`);
    const list = `resources:\n${names.map((name) => `  - ${name}`).join("\n")}\n`;
    const all = (value: string) =>
      Object.fromEntries(names.map((name, n) => [`big${files}/app/${name}`, object(n, value)]));
    const before = await world.push({
      branch: "main",
      message: "before",
      writes: { ...all("1"), [`big${files}/app/kustomization.yaml`]: list },
    });
    const after = await world.push({ branch: "main", message: "after", writes: all("2") });
    let calls = 0;
    const ado = connectAzureDevOps({
      organisationUrl: world.sandbox.organisationUrl,
      token: async () => "sandbox-reader",
      fetch: (input, init) => {
        calls += 1;
        return fetch(input, init);
      },
    });
    const comparison = { before, after, basis: "merge" as const };
    const { unread, ...sides } = await loadChanges(ado, { repo: world.repo, ...comparison });
    assert.deepEqual(unread, []);
    return { calls, ...compareTrees(sides.before, sides.after) };
  }

  it("cost the same few calls, whatever their number", async () => {
    const [few, many] = [await compared(4), await compared(120)];
    assert.equal(few.objects.length, 4);
    assert.equal(many.objects.length, 120);
    assert.equal(few.calls, many.calls);
    assert.ok(many.calls <= 5, `${many.calls} calls`);
  });

  it("include Flux Kustomizations that did not change, and decide what becomes of what did", async () => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: kept, namespace: flux-system }
spec: { path: ./kept, prune: false, targetNamespace: web, sourceRef: { kind: GitRepository, name: m } }
`;
    const files = ["kept/a.yaml", "kept/b.yaml"];
    const writes = {
      ...{ "clusters/west/apps.yaml": flux, "kept/a.yaml": object(1, "1") },
      ...{ "kept/b.yaml": object(2, "2"), "docs/a.yaml": object(3, "3") },
    };
    const before = await world.push({ branch: "main", message: "before", writes });
    const gone = (deletes: readonly string[]) =>
      world.push({ branch: `gone-${deletes.length}`, message: "after", writes: {}, deletes });
    const told = async (deletes: readonly string[]) => {
      const after = await gone(deletes);
      const ado = clientOf(world.sandbox, "reader");
      const sides = await loadChanges(ado, { repo: world.repo, before, after });
      const read = sides.after.flatMap(({ path, text }) => (text === undefined ? [] : [path]));
      const { objects, risks } = compareTrees(sides.before, sides.after);
      const names = objects.map(({ identity: { namespace, name }, kept }) =>
        [namespace, name, kept].join(" "),
      );
      return { read, names, texts: risks.map(({ text }) => text) };
    };
    const one = await told(["kept/b.yaml"]);
    assert.deepEqual(one.names, ["web c2 kustomization"]);
    assert.deepEqual(
      [one.read.includes("clusters/west/apps.yaml"), one.read.includes("docs/a.yaml")],
      [true, false],
    );
    const all = await told(files);
    assert.deepEqual(all.names, []);
    assert.match(all.texts.join(), /^goes on asking for kept\/, which goes/);
  });

  it("include kustomizations that did not change, so that nothing is said of them untruly", async () => {
    const { problems, complete } = await compared(3);
    assert.deepEqual(problems, []);
    assert.equal(complete, true);
  });

  it("bring definitions of custom resources from files that did not change, in one call", async () => {
    const definition = (kind: string, plural: string) =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ${plural}.fabrikam.com }\nspec: { group: fabrikam.com, names: { kind: ${kind}, plural: ${plural} }, scope: Namespaced, versions: [] }\n`;
    const widget = (size: number) =>
      `apiVersion: fabrikam.com/v1\nkind: Widget\nmetadata: { name: a, namespace: shop }\nspec: { size: ${size} }\n`;
    const writes = {
      "infra/crds.yaml": `${definition("Widget", "widgets")}---\n${definition("Other", "others")}`,
      "infra/fabrikam.com_gadgets.yaml": definition("Gadget", "gadgets"),
      "infra/crds/things.yaml": definition("Thing", "things"),
      ...{ "infra/other.yaml": object(1, "1"), "prod/w.yaml": widget(1) },
    };
    const before = await world.push({ branch: "main", message: "before", writes });
    const after = await world.push({
      ...{ branch: "sized", message: "after" },
      writes: { "prod/w.yaml": widget(2) },
    });
    let calls = 0;
    const ado = connectAzureDevOps({
      organisationUrl: world.sandbox.organisationUrl,
      token: async () => "sandbox-reader",
      fetch: (input, init) => {
        calls += 1;
        return fetch(input, init);
      },
    });
    const { analysis, findDefinitions } = await compareCommits(ado, {
      repo: world.repo,
      before,
      after,
    });
    const first = calls;
    const names = async () =>
      (await findDefinitions(ado, analysis.objects)).map(({ metadata }) => metadata.name);
    assert.deepEqual(await names(), ["widgets.fabrikam.com", "others.fabrikam.com"]);
    assert.equal(calls, first + 1);
    assert.equal((await names()).length, 2);
    assert.equal(calls, first + 1);
  });
});

describe("a kustomization that was not read", () => {
  it("is not said to be empty or refused: what it applies is not known", () => {
    const side = (value: string) => [
      { path: "dev/kustomization.yaml", id: "k" },
      { path: "dev/c0.yaml", id: value, text: object(0, value) },
    ];
    const { complete, problems } = compareTrees(side("1"), side("2"));
    assert.equal(complete, false);
    assert.deepEqual(
      [...new Set(problems.map(({ message }) => message))],
      ["was not read. What it applies is not known"],
    );
  });
});
