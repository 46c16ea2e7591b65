import assert from "node:assert/strict";
import { stringify } from "yaml";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { type Change, changed, type ServerCase } from "../kube/server-case.ts";
import { serverCases } from "../kube/server-cases.ts";
import { useKube } from "../support/kube.ts";
import { generatedUpdates } from "./generated-changes.ts";
import { richObjects } from "./rich-objects.ts";

const rich = Object.values(richObjects).map(([valid = ""]): ServerCase => ({ valid }));

/** Where the rule and the API server differ, and why. */
const otherwise: Readonly<Record<string, string>> = {
  'CustomResourceDefinition {"spec.versions.0.name":"other"}':
    "a version that goes is a risk of its own, served-version",
  'Job {"spec.template.spec.volumes.1.projected.sources.0.serviceAccountToken.expirationSeconds":null}':
    "takes the default that it had",
  'Pod {"spec.volumes.1.projected.sources.0.serviceAccountToken.expirationSeconds":null}':
    "takes the default that it had",
  'Pod {"spec.containers.0.resources.requests.cpu":null}': "takes the limit, which it was",
  'Job {"spec.template.spec.serviceAccountName":null}':
    "the server keeps its older name, serviceAccount, and so the account",
  'CSIDriver {"spec.attachRequired":null}': "takes the default that it had",
  'IPAddress {"spec.parentRef.group":null}': "the empty group is the core one",
  'Node {"spec.podCIDR":null}': "keeps what it was given",
  ...Object.fromEntries(
    ['{"spec.drivers.0.nodeID":"b"}', '{"spec.drivers.0.nodeID":"other"}']
      .concat('{"spec.drivers.0.topologyKeys.0":"other"}', '{"spec.drivers.0.topologyKeys.0":null}')
      .map((edit) => [`CSINode ${edit}`, "the kubelet writes it: nobody has one in git"]),
  ),
};

describe("fields that cannot change", function () {
  this.timeout(900_000);
  const kube = useKube();

  it("are those that the API server's own code refuses to update, of all built-in kinds", async () => {
    const found: string[] = [];
    let [count, refusals] = [0, 0];
    for (const { valid, update = [], fine = [] } of [...rich, ...serverCases]) {
      const before = changed(valid);
      const changes = [...edits(before), ...update, ...fine];
      const objects = changes.map((change) => changed(valid, change));
      const created = await errorsOf(objects.map((object) => ({ object })));
      const updated = await errorsOf(objects.map((object) => ({ object, before })));
      objects.forEach((object, index) => {
        // What is refused as a new object too is not refused for what it was.
        if (created[index] !== 0) return;
        const [isRefused, isSaid] = [updated[index] !== 0, saysImmutable(before, object)];
        count += 1;
        if (isRefused) refusals += 1;
        if (isRefused === isSaid) return;
        found.push(`${before.kind} ${JSON.stringify(changes[index])}`);
      });
    }
    assert.deepEqual([...new Set(found)].sort(), Object.keys(otherwise).sort());
    assert.ok(count > 700 && refusals > 200, `${count} edits, ${refusals} refused`);
  });

  it("may be given once: where a volume lies", () => {
    const valid = rich.find(({ valid }) => /kind: PersistentVolume$/m.test(valid))?.valid ?? "";
    const volume = changed(valid);
    assert.equal(saysImmutable(changed(valid, { "spec.nodeAffinity": null }), volume), false);
  });

  async function errorsOf(
    objects: readonly { readonly object: KubernetesObject; readonly before?: KubernetesObject }[],
  ): Promise<readonly number[]> {
    const counts: number[] = [];
    // One call ends after 30 s.
    for (let start = 0; start < objects.length; start += 20) {
      const judged = await kube().validate({ objects: objects.slice(start, start + 20) });
      if (judged.kind !== "validated") return assert.fail(JSON.stringify(judged).slice(0, 300));
      counts.push(...judged.objects.map(({ errors }) => errors.length));
    }
    return counts;
  }
});

function saysImmutable(before: KubernetesObject, after: KubernetesObject): boolean {
  const file = (object: object) => [{ path: "a.yaml", text: stringify(object) }];
  const { risks } = compareManifests(file(before), file(after));
  return risks.some(({ rule }) => rule === "immutable-field");
}

// Of pod templates that may change a few fields stand for all.
function edits(object: KubernetesObject): readonly Change[] {
  const others = generatedUpdates(object);
  const gone = others.flatMap((change) => {
    const [path = ""] = Object.keys(change);
    return path.startsWith("metadata.") ? [] : [{ [path]: null }];
  });
  const isMinor = (change: Change) => /\.template\.spec\./.test(Object.keys(change)[0] ?? "");
  const all = [...others, ...gone];
  if (object.kind === "Job" || !all.some(isMinor)) return all;
  return [...all.filter((one) => !isMinor(one)), ...all.filter(isMinor).slice(0, 10)];
}
