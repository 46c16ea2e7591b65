import assert from "node:assert/strict";
import { deployment, object, riskLines } from "./manifests.ts";

const rbac = "rbac.authorization.k8s.io/v1";
const role = (...rules: object[]) => object(rbac, "Role", { rules });
const claim = (spec: object, annotations = {}) =>
  object("v1", "PersistentVolumeClaim", { spec, metadata: { name: "data", annotations } });
const service = (spec: object) => object("v1", "Service", { spec });
const flux = (spec: object) => object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec });
const crd = (...names: string[]) =>
  object("apiextensions.k8s.io/v1", "CustomResourceDefinition", {
    spec: { versions: names.map((name) => ({ name, served: true })) },
  });
const list = { apiGroups: [""], resources: ["pods"], verbs: ["list"] };

describe("risks of a change", () => {
  const rows: readonly [string, object[], object[], RegExp][] = [
    ["a removed namespace", [object("v1", "Namespace")], [], /^high removal: .*everything in it/],
    ["a removed claim", [claim({})], [], /^high removal: .*data/],
    [
      "a claim that Flux leaves alone",
      [claim({}, { "kustomize.toolkit.fluxcd.io/prune": "disabled" })],
      [],
      /^medium removal: .*keeps running/,
    ],
    ["a removed definition", [crd("v1")], [], /^high removal: .*every namespace/],
    ["a removed deployment", [deployment()], [], /^medium removal:/],
    ["a version no longer served", [crd("v1", "v2")], [crd("v2")], /^high served-version: .*v1/],
    [
      "a definition that changes",
      [crd("v1")],
      [crd("v1", "v2")],
      /^medium served-version: changes what all/,
    ],
    [
      "no replicas",
      [deployment({}, { replicas: 2 })],
      [deployment({}, { replicas: 0 })],
      /^high scaled-down: goes from 2 to 0/,
    ],
    [
      "half of the replicas",
      [deployment({}, { replicas: 6 })],
      [deployment({}, { replicas: 3 })],
      /^medium scaled-down: goes from 6 to 3/,
    ],
    [
      "another selector",
      [deployment({}, { selector: { a: 1 } })],
      [deployment({}, { selector: { a: 2 } })],
      /^high immutable-field: changes spec.selector.*refuse/,
    ],
    [
      "another storage class",
      [claim({ storageClassName: "a" })],
      [claim({ storageClassName: "b" })],
      /^high immutable-field/,
    ],
    [
      "a secret's other type",
      [object("v1", "Secret", { type: "a" })],
      [object("v1", "Secret", { type: "b" })],
      /^high immutable-field: changes type/,
    ],
    [
      "data of what is immutable",
      [object("v1", "Secret", { immutable: true, data: { a: "YQ==" } })],
      [object("v1", "Secret", { immutable: true, data: { a: "Yg==" } })],
      /^high immutable-field: changes data/,
    ],
    [
      "a role's star",
      [role(list)],
      [role({ ...list, verbs: ["*"] })],
      /^high grant: may do everything/,
    ],
    [
      "a role that reads secrets",
      [role(list)],
      [role(list, { apiGroups: [""], resources: ["secrets"], verbs: ["get"] })],
      /^medium grant: may get secrets/,
    ],
    [
      "a new administrator",
      [],
      [
        object(rbac, "ClusterRoleBinding", {
          roleRef: { name: "cluster-admin" },
          subjects: [{ kind: "User", name: "eve" }],
        }),
      ],
      /^high grant: gives User eve the role cluster-admin in the whole cluster/,
    ],
    [
      "a privileged container",
      [deployment()],
      [deployment({ securityContext: { privileged: true } })],
      /^high pod-privilege: container api is privileged/,
    ],
    [
      "a lost probe",
      [deployment({ readinessProbe: {} })],
      [deployment()],
      /^medium safeguard: container api loses its readiness probe/,
    ],
    [
      "a port that closes",
      [service({ ports: [{ port: 80 }, { port: 81 }] })],
      [service({ ports: [{ port: 81 }] })],
      /^medium exposure: no longer listens on port 80/,
    ],
    [
      "a service for the internet",
      [service({})],
      [service({ type: "LoadBalancer" })],
      /^medium exposure: .*ClusterIP to LoadBalancer/,
    ],
    [
      "Flux that takes all along",
      [flux({ prune: false, deletionPolicy: "Delete" })],
      [],
      /^high removal: .*with it goes everything/,
    ],
    [
      "Flux that leaves all there",
      [flux({ prune: true, deletionPolicy: "Orphan" })],
      [],
      /^medium removal: .*keeps running/,
    ],
    [
      "Flux that leaves all there, being suspended",
      [flux({ prune: true, suspend: true })],
      [],
      /^medium removal: .*keeps running/,
    ],
    [
      "Flux that starts to delete",
      [flux({ prune: false })],
      [flux({ prune: true })],
      /^high flux-behaviour: now deletes/,
    ],
    [
      "Flux that stops",
      [flux({})],
      [flux({ suspend: true })],
      /^high flux-behaviour: is suspended/,
    ],
  ];
  for (const [what, before, after, expected] of rows) {
    it(`name ${what}`, () => {
      const lines = riskLines(before, after);
      assert.equal(lines.length, 1, lines.join("\n"));
      assert.match(lines[0] ?? "", expected);
    });
  }

  it("say of a forced object that it is deleted and made again", () => {
    const annotations = { "kustomize.toolkit.fluxcd.io/force": "enabled" };
    const lines = riskLines(
      [claim({ volumeName: "a" })],
      [claim({ volumeName: "b" }, annotations)],
    );
    assert.match(lines.join(), /deletes and recreates/);
  });

  it("stay silent on ordinary changes and on what was there before", () => {
    const privileged = { securityContext: { privileged: true } };
    assert.deepEqual(
      riskLines([deployment(privileged)], [deployment({ ...privileged, args: ["a"] })]),
      [],
    );
    assert.deepEqual(riskLines([role(list)], [role({ ...list, verbs: ["list", "watch"] })]), []);
    assert.deepEqual(
      riskLines([deployment({}, { replicas: 2 })], [deployment({}, { replicas: 3 })]),
      [],
    );
  });

  it("come gravest first", () => {
    const lines = riskLines([deployment(), object("v1", "Namespace")], []);
    assert.deepEqual(
      lines.map((line) => line.split(" ")[0]),
      ["high", "medium"],
    );
  });
});
