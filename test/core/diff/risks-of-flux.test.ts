import { flux, of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const noted = (annotations: object, labels: object = {}) =>
  of("v1", "Service", { metadata: { name: "api", namespace: "shop", annotations, labels } });
const told = (key: string, value: string) =>
  noted({ [`kustomize.toolkit.fluxcd.io/${key}`]: value });
const from = (sourceRef: object) => ({ sourceRef });
const app = { kind: "GitRepository", name: "app" };

describe("what is said of a change of a Kustomization", () => {
  saysOfRisks([
    [
      "another folder",
      flux({ path: "./a" }, { path: "./b" }),
      "medium flux-behaviour: applies something else: spec.path changes, and what only the old folder holds goes",
    ],
    ["the folder spelt otherwise", flux({ path: "./a/" }, { path: "a" })],
    ["the root spelt otherwise", flux({ path: "./" }, { path: "." })],
    ["the root written out", flux({}, { path: "./" })],
    ...[{ path: "./" }, { path: "." }].map(
      (is) =>
        [`the root as ${is.path} beside another change`, flux({ a: 1 }, { ...is, a: 2 })] as const,
    ),
    [
      "the namespace of its source written out beside another change",
      flux({ ...from(app), a: 1 }, { ...from({ ...app, namespace: "shop" }), a: 2 }),
    ],
    [
      "a folder outside of it all",
      flux({ path: "../../a" }, { path: "../../b" }),
      "medium flux-behaviour: applies something else: spec.path changes, and what only the old folder holds goes",
    ],
    [
      "the root instead of a folder",
      flux({ path: "a" }, {}),
      "medium flux-behaviour: applies something else: spec.path changes, and what only the old folder holds goes",
    ],
    [
      "another source",
      flux(from(app), from({ ...app, name: "b" })),
      "medium flux-behaviour: applies something else: spec.sourceRef changes",
      "high unknown-effect: takes its files from another source: what Flux applies of them is not known here",
    ],
    [
      "the namespace of its source written out",
      flux(from(app), from({ ...app, namespace: "shop" })),
    ],
    [
      "a source of another namespace",
      flux(from(app), from({ ...app, namespace: "b" })),
      "medium flux-behaviour: applies something else: spec.sourceRef changes",
      "high unknown-effect: takes its files from another source: what Flux applies of them is not known here",
    ],
    [
      "other rights",
      flux({ serviceAccountName: "a" }, { serviceAccountName: "b" }),
      "medium flux-behaviour: acts with other rights (serviceAccountName)",
    ],
    [
      "another cluster",
      flux({}, { kubeConfig: { secretRef: { name: "a" } } }),
      "high flux-behaviour: applies to another cluster (kubeConfig)",
    ],
    [
      "a prefix of names",
      flux({}, { namePrefix: "a-" }),
      "high flux-behaviour: deletes everything and makes it anew under other names (namePrefix)",
    ],
    [
      "a suffix of names",
      flux({ nameSuffix: "-a" }, {}),
      "high flux-behaviour: deletes everything and makes it anew under other names (nameSuffix)",
    ],
    [
      "no decryption",
      flux({ decryption: { provider: "sops" } }, {}),
      "high flux-behaviour: decrypts Secrets otherwise, or not at all (decryption)",
    ],
    [
      "it stops deleting",
      flux({ prune: true }, { prune: false }),
      "medium flux-behaviour: no longer deletes what leaves git (prune)",
    ],
    [
      "it may force",
      flux({}, { force: true }),
      "high flux-behaviour: may delete and recreate objects that cannot be changed (force)",
    ],
    ["it no longer forces", flux({ force: true }, {})],
    [
      "it runs again",
      flux({ suspend: true }, {}),
      "medium flux-behaviour: runs again: Flux applies everything since it was suspended",
    ],
    [
      "it is suspended",
      flux({}, { suspend: true }),
      "high flux-behaviour: is suspended: Flux no longer applies it",
    ],
    ...(
      [
        ["a source", "source", "GitRepository", "high", "no longer fetches it"],
        [
          "who writes images",
          "image",
          "ImageUpdateAutomation",
          "medium",
          "no longer looks for images by it",
        ],
        ["who tells", "notification", "Alert", "medium", "no longer tells of anything by it"],
      ] as const
    ).flatMap(([what, group, kind, severity, does]) => {
      const api = `${group}.toolkit.fluxcd.io/v1`;
      const said = `${severity} flux-behaviour: is suspended: Flux ${does}`;
      const again = "medium flux-behaviour: runs again: Flux uses it";
      return [
        [`${what} is suspended`, spec(api, kind)({}, { suspend: true }), said],
        [`${what} runs again`, spec(api, kind)({ suspend: true }, {}), again],
      ] as const;
    }),
    [
      "a new source that is suspended",
      [[], of("source.toolkit.fluxcd.io/v1", "GitRepository", { spec: { suspend: true } })],
      "high flux-behaviour: is suspended: Flux does not fetch it yet",
    ],
    ["it is as suspended as before", flux({ suspend: true, a: 1 }, { suspend: true })],
    ["it deletes as it did", flux({ prune: true, a: 1 }, { prune: true })],
    [
      "it begins to delete",
      flux({}, { prune: true }),
      "high flux-behaviour: now deletes what is not in git (prune)",
    ],
    [
      "it leaves all as before",
      flux({ deletionPolicy: "Orphan", a: 1 }, { deletionPolicy: "Orphan" }),
    ],
    [
      "another namespace",
      flux({ targetNamespace: "a" }, { targetNamespace: "b" }),
      "high flux-behaviour: deletes everything in the old namespace and makes it anew in the other, volumes too (targetNamespace)",
    ],
    [
      "it waits for fewer others",
      flux({ dependsOn: [{ name: "a" }, { name: "b" }] }, { dependsOn: [{ name: "b" }] }),
      "medium flux-behaviour: no longer waits for others (dependsOn)",
    ],
    [
      "it waits for one more",
      flux({ dependsOn: [{ name: "a" }] }, { dependsOn: [{ name: "a" }, { name: "b" }] }),
    ],
    [
      "it waits for itself",
      flux({ dependsOn: [{ name: "a" }] }, { dependsOn: [{ name: "a" }, { name: "api" }] }),
      "high flux-behaviour: waits for itself (dependsOn): Flux applies none of it any more",
    ],
    [
      "it waits for itself until an expression says so",
      flux({}, { dependsOn: [{ name: "api", readyExpr: "true" }] }),
    ],
    [
      "it waits for its namesake elsewhere",
      flux({}, { dependsOn: [{ name: "api", namespace: "other" }] }),
    ],
    [
      "it waits for itself as it did",
      flux({ dependsOn: [{ name: "api" }] }, { dependsOn: [{ name: "api" }, { name: "b" }] }),
    ],
    ["it waits for no list that was one", flux({ wait: true }, { wait: true, healthChecks: [] })],
    [
      "it waits for an empty list alone",
      flux({ wait: true }, { healthChecks: [] }),
      "medium flux-behaviour: no longer waits for health (wait)",
    ],
    [
      "it leaves all when it goes",
      flux({}, { deletionPolicy: "Orphan" }),
      "medium flux-behaviour: leaves what it applied in the cluster when it goes (deletionPolicy Orphan)",
    ],
    [
      "it takes all when it goes",
      flux({ deletionPolicy: "Orphan" }, { deletionPolicy: "Delete" }),
      "high data-loss: no longer keeps data when it goes (spec.deletionPolicy)",
    ],
    [
      "it waits no longer",
      flux({ wait: true }, {}),
      "medium flux-behaviour: no longer waits for health (wait)",
    ],
    [
      "it waits for some alone",
      flux({ wait: true }, { healthChecks: [{ name: "a" }] }),
      "medium flux-behaviour: no longer waits for health of all, only of those it names (wait)",
    ],
    ["it waits for all instead of some", flux({ healthChecks: [{ name: "a" }] }, { wait: true })],
    [
      "a list goes that nobody asked",
      flux({ wait: true, healthChecks: [{ name: "a" }] }, { wait: true }),
    ],
    [
      "it waits for fewer",
      flux({ healthChecks: [{ name: "a" }, { name: "b" }] }, { healthChecks: [{ name: "b" }] }),
      "medium flux-behaviour: no longer waits for health (healthChecks)",
    ],
    [
      "it waits for more",
      flux({ healthChecks: [{ name: "a" }] }, { healthChecks: [{ name: "a" }, { name: "b" }] }),
    ],
    [
      "it waits for no other",
      flux({ dependsOn: [{ name: "a" }] }, {}),
      "medium flux-behaviour: no longer waits for others (dependsOn)",
    ],
    [
      "health by other words",
      flux(
        { healthCheckExprs: [{ kind: "A", current: "a" }] },
        { healthCheckExprs: [{ kind: "A", current: "b" }] },
      ),
      "medium flux-behaviour: judges health otherwise (healthCheckExprs)",
    ],
    [
      "a new one",
      [
        [],
        of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", {
          spec: { prune: true, wait: true },
        }),
      ],
    ],
    [
      "a new one that is suspended",
      [[], of("kustomize.toolkit.fluxcd.io/v1", "Kustomization", { spec: { suspend: true } })],
      "high flux-behaviour: is suspended: Flux does not apply it yet",
    ],
  ]);
});

describe("what is said of a change of what its annotations and labels tell Flux to do with one object", () => {
  saysOfRisks([
    [
      "it is left alone",
      [noted({}), told("reconcile", "Disabled")],
      "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (reconcile)",
    ],
    [
      "it is left alone by a label",
      [noted({}), noted({}, { "kustomize.toolkit.fluxcd.io/reconcile": "disabled" })],
      "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (reconcile)",
    ],
    ["it is left alone as before", [told("reconcile", "disabled"), told("reconcile", "Disabled")]],
    [
      "it is passed over",
      [noted({}), told("ssa", "Ignore")],
      "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (ssa: Ignore)",
    ],
    ["it is made anew as before", [told("force", "enabled"), told("force", "Enabled")]],
    ["a note of another tool by the same word", [noted({}), noted({ "x/reconcile": "disabled" })]],
    ["it is applied again", [told("reconcile", "disabled"), noted({})]],
    [
      "it is only made",
      [noted({}), told("ssa", "IfNotPresent")],
      "medium flux-behaviour: is only made where it is not there: later changes do nothing (ssa: IfNotPresent)",
    ],
    [
      "it is merged",
      [noted({}), told("ssa", "Merge")],
      "medium flux-behaviour: is applied otherwise where others set its fields (ssa: merge)",
    ],
    [
      "it takes others' fields",
      [noted({}), told("ssa", "Override")],
      "medium flux-behaviour: is applied otherwise where others set its fields (ssa: override)",
    ],
    [
      "it goes with its file again",
      [told("prune", "disabled"), noted({})],
      "medium flux-behaviour: is deleted once it leaves git (prune is no longer disabled)",
    ],
    [
      "it stays without its file",
      [noted({}), told("prune", "disabled")],
      "medium flux-behaviour: stays in the cluster once it leaves git (prune: disabled)",
    ],
    [
      "it stays as it did",
      [told("prune", "disabled"), noted({ "kustomize.toolkit.fluxcd.io/prune": "Disabled" })],
    ],
    ["a new one that stays", [[], told("prune", "disabled")]],
    [
      "it may be made anew",
      [noted({}), told("force", "enabled")],
      "high flux-behaviour: may be deleted and made anew where it cannot be changed (force)",
    ],
  ]);
});
