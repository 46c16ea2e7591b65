import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { object } from "./manifests.ts";
import { withPod } from "./pair.ts";

const [old, fresh] = ["settings-b7t5m4kfhg", "settings-2ck8h6g9mt"];
const settings = (name: string, MODE: string) =>
  object("v1", "ConfigMap", { metadata: { name, namespace: "shop" }, data: { MODE } });
const podOf = (name: string, optional = false) =>
  withPod({ volumes: [{ name: "s", configMap: { name, optional } }] }, {});

function risksOf(before: readonly object[], after: readonly object[]): readonly string[] {
  const [old, next] = [before, after].map((objects) => [
    { path: "a.yaml", text: objects.map(toYaml).join("---\n") },
  ]);
  return compareManifests(old ?? [], next ?? []).risks.map(
    ({ severity, rule, text }) => `${severity} ${rule}: ${text}`,
  );
}

describe("a ConfigMap whose name follows its content", () => {
  const before = [settings(old, "slow"), podOf(old)];

  it("is a risk for a pod that goes on to name the old one", () => {
    assert.deepEqual(risksOf(before, [settings(fresh, "fast"), podOf(old)]), [
      `high removal: takes the place of ${old}, which Flux deletes where it prunes, while Deployment shop/api still uses it`,
    ]);
  });

  it("is none where the pod follows, or can do without", () => {
    assert.deepEqual(risksOf(before, [settings(fresh, "fast"), podOf(fresh)]), []);
    assert.deepEqual(risksOf(before, [settings(fresh, "fast"), podOf(old, true)]), []);
  });
});
