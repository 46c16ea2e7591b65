import assert from "node:assert/strict";
import { parseDelivery } from "../../../core/delivery/parse-delivery.ts";

const file = (
  apps: readonly string[],
  environments: readonly string[],
) => `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps:
${apps.map((path, at) => `  - { name: app${at}, path: "${path}", render: [{ copy: { path: a } }] }\n`).join("")}\
environments:
${environments.map((path, at) => `  - { name: env${at}, path: "${path}" }\n`).join("")}`;

const problems = (apps: readonly string[], environments: readonly string[]) =>
  parseDelivery(file(apps, environments), "fluxgate.yaml").problems.map(({ message }) => message);

describe("folders of environments and apps", () => {
  it("are taken as what they mean, however they are spelt", () => {
    const { delivery } = parseDelivery(
      file(["./web//", "${delivery}-${app}"], ["./clusters/${environment}/", "b"]),
      "fluxgate.yaml",
    );
    assert.deepEqual(
      delivery?.environments.map(({ path }) => path),
      ["clusters/env0", "b"],
    );
    assert.deepEqual(
      delivery?.apps.map(({ path }) => path),
      ["web", "shop-app1"],
    );
  });

  const refused: readonly [string, readonly string[], readonly string[], RegExp][] = [
    ["the root", ["a"], ["./"], /is the manifests repository itself/],
    [
      "an environment in another, spelt otherwise",
      ["a"],
      ["./dev", "dev/./eu"],
      /inside the folder of environment env0/,
    ],
    [
      "one folder for two environments",
      ["a"],
      ["dev", "./dev"],
      /same path "dev" as environments\[0\]/,
    ],
    [
      "folders that are one on Windows and macOS",
      ["a"],
      ["Clusters", "clusters"],
      /environments\[1\] has the path "clusters", and environments\[0\] "Clusters": where upper and lower case are one/,
    ],
    [
      "an app in another one's folder, where case does not count",
      ["Web", "web/api"],
      ["dev"],
      /kustomization.yaml would hide it from Flux/,
    ],
    ["an app's name in an environment's folder", ["a"], ["${app}"], /has no meaning here/],
    [
      "the environment's own folder for an app",
      ["."],
      ["dev"],
      /would hide all other apps from Flux/,
    ],
    [
      "an app in another one's folder",
      ["web", "web/api"],
      ["dev"],
      /kustomization.yaml would hide it from Flux/,
    ],
    ["the environment in an app's folder", ["${environment}"], ["dev"], /has no meaning here/],
    ["the folder of the indexes", [".fluxgate/a"], ["dev"], /holds indexes/],
  ];
  for (const [what, apps, environments, message] of refused) {
    it(`are refused where Flux would not apply what lies there: ${what}`, () => {
      const found = problems(apps, environments);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", message);
    });
  }
});
