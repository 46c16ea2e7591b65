import assert from "node:assert/strict";
import { useCheckedFolder } from "./checked-folder.ts";

const applies = (spec: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: echo, namespace: flux-system }
spec:
  interval: 1h
  prune: true
  path: ./kubernetes/apps
  sourceRef: { kind: GitRepository, name: home }
${spec}`;
const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: "${name}", namespace: shop, labels: { tier: "\${TIER:=web}" } }
spec:
  replicas: \${REPLICAS:=2}
  selector: { matchLabels: { app: a } }
  template:
    metadata: { labels: { app: a } }
    spec: { containers: [{ name: a, image: "a:1", resources: { limits: { cpu: "\${CPU}" } } }] }
`;

describe("variables in a folder that Flux applies from above it", function () {
  this.timeout(120_000);
  const check = useCheckedFolder();

  async function said(spec: string, name: string) {
    const files = {
      "kubernetes/ks.yaml": applies(spec),
      "kubernetes/apps/kustomization.yaml": "components: [../parts]\n",
      "kubernetes/parts/kustomization.yaml": `kind: Component\nresources: [a.yaml]\n`,
      "kubernetes/parts/a.yaml": deployment(name),
    };
    const { problems, warnings } = await check(files, "kubernetes");
    const text = (all: typeof problems) => all.map(({ message }) => message).join("\n");
    return { problems: text(problems), warnings: text(warnings) };
  }

  it("are said not to be checked, with or without a default", async () => {
    const given = "  postBuild: { substituteFrom: [{ kind: Secret, name: settings }] }\n";
    const { problems, warnings } = await said(given, "${APP}-web");
    assert.equal(problems, "");
    assert.match(warnings, /a path from a folder above this one.*give the root/);
    assert.match(warnings, /what hangs on the value of \$\{.*was not checked: Flux substitutes it/);
    assert.doesNotMatch(warnings, /Flux replaces|Flux refuses/);
  });

  it("are placeholders that nothing replaced where it substitutes none", async () => {
    assert.match((await said("", "web")).problems, /still holds \$\{TIER:=web\}/);
  });
});
