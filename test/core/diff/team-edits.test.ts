// Edits that teams make of what others define: each with the risks that must be said, or quiet.
import assert from "node:assert/strict";
import { parse } from "yaml";
import { editLines, object, riskLines } from "./manifests.ts";

const rule = "monitoring.coreos.com/v1 PrometheusRule";
const alert = "notification.toolkit.fluxcd.io/v1beta3 Alert";
const secret = "external-secrets.io/v1 ExternalSecret";
const rollout = "argoproj.io/v1alpha1 Rollout";
const certificate = "cert-manager.io/v1 Certificate";
const route = "gateway.networking.k8s.io/v1 HTTPRoute";
const gateway = "gateway.networking.k8s.io/v1 Gateway";
const kyverno = "kyverno.io/v1 ClusterPolicy";
const flux = "kustomize.toolkit.fluxcd.io/v1 Kustomization";
const deployment = "apps/v1 Deployment";
const policy = "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy";

const alerts = (...rules: readonly string[]) =>
  `groups: [{ name: g, rules: [${rules.join(", ")}] }]`;
const down = (more: string) => `{ alert: Down, expr: up == 0${more} }`;
const steps = (...all: readonly string[]) => `strategy: { canary: { steps: [${all.join(", ")}] } }`;
const spread = (when: string) =>
  `template: { spec: { containers: [{ name: a, image: "r/a:1" }], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ${when} }] } }`;
const apart = (how: string) =>
  `template: { spec: { containers: [{ name: a, image: "r/a:1" }], affinity: { podAntiAffinity: { ${how}: [{ a: b }] } } } }`;
const sources = (...kinds: readonly string[]) =>
  `eventSources: [${kinds.map((kind) => `{ kind: ${kind}, name: "*" }`).join(", ")}]`;
const listener = (more: string) => `listeners: [{ name: https, port: 443${more} }]`;

type Row = readonly [what: string, type: string, before: string, after: string, ...said: string[]];

const quiet: readonly Row[] = [
  [
    "time before an alert, spelt otherwise",
    rule,
    alerts(down(", for: 60s")),
    alerts(down(", for: 1m")),
  ],
  ["time of a certificate", certificate, "duration: 2160h", "duration: 2160h0m0s"],
  ["time between two looks", secret, "refreshInterval: 1h", "refreshInterval: 60m"],
  [
    "time between two scrapes",
    "monitoring.coreos.com/v1 ServiceMonitor",
    "endpoints: [{ port: http, interval: 60s }]",
    "endpoints: [{ port: http, interval: 1m }]",
  ],
  [
    "gateway of a route, written out",
    route,
    "parentRefs: [{ name: gw }]",
    "parentRefs: [{ name: gw, kind: Gateway, group: gateway.networking.k8s.io }]",
  ],
  [
    "match of a route, written out",
    route,
    "rules: [{ backendRefs: [{ name: a, port: 80 }] }]",
    "rules: [{ matches: [{ path: { type: PathPrefix, value: / } }], backendRefs: [{ name: a, port: 80, weight: 1 }] }]",
  ],
  [
    "routes that a listener takes",
    gateway,
    listener(""),
    listener(", allowedRoutes: { namespaces: { from: Same } }"),
  ],
  [
    "scope of a policy",
    policy,
    "matchConstraints: { resourceRules: [{ resources: [pods] }] }",
    "failurePolicy: Fail, matchConstraints: { matchPolicy: Equivalent, resourceRules: [{ resources: [pods], scope: '*' }] }",
  ],
  ["looks in the background", kyverno, "rules: []", "rules: [], background: true"],
  ["what becomes of it when it goes", flux, "path: ./a", "path: ./a, deletionPolicy: MirrorPrune"],
  [
    "no constraints",
    deployment,
    "template: { spec: { topologySpreadConstraints: [] } }",
    "template: { spec: {} }",
  ],
];

const loud: readonly Row[] = [
  [
    "an alert that comes later",
    rule,
    alerts(down(", for: 5m")),
    alerts(down(", for: 30m")),
    "medium safeguard: tells of Down after 30m, before after 5m",
  ],
  [
    "an alert that waits",
    rule,
    alerts(down("")),
    alerts(down(", for: 5m")),
    "medium safeguard: tells of Down after 5m, before after 0",
  ],
  ["an alert that comes sooner", rule, alerts(down(", for: 30m")), alerts(down(", for: 5m"))],
  [
    "an alert of another severity",
    rule,
    alerts(down(", labels: { severity: critical }")),
    alerts(down(", labels: { severity: info }")),
    "medium safeguard: tells of Down as info, before as critical",
  ],
  [
    "one of two severities of an alert",
    rule,
    alerts(down(", labels: { severity: critical }"), down(", labels: { severity: info }")),
    alerts(down(", labels: { severity: critical }"), down(", labels: { severity: none }")),
  ],
  [
    "an alert of another name that comes",
    rule,
    alerts(down("")),
    alerts(down(""), "{ alert: B, expr: b }"),
  ],
  [
    "sources that nobody hears of",
    alert,
    sources("Kustomization", "HelmRelease"),
    sources("Kustomization"),
    "medium safeguard: tells nothing of HelmRelease * any more",
  ],
  [
    "events that are left out",
    alert,
    sources("A"),
    `${sources("A")}, exclusionList: [".*"]`,
    "medium safeguard: leaves out what matches .* (exclusionList)",
  ],
  [
    "events that are named",
    alert,
    sources("A"),
    `${sources("A")}, inclusionList: [b]`,
    "medium safeguard: tells of what matches alone (inclusionList)",
  ],
  [
    "errors alone",
    alert,
    `${sources("A")}, eventSeverity: info`,
    `${sources("A")}, eventSeverity: error`,
    "medium safeguard: tells of errors alone (eventSeverity)",
  ],
  ["all events again", alert, `${sources("A")}, eventSeverity: error`, sources("A")],
  [
    "a Secret that is made once",
    secret,
    "refreshInterval: 1h",
    "refreshInterval: 0s",
    "medium safeguard: is made once: values that change later do not come (refreshInterval 0)",
  ],
  [
    "a Secret that is made once, as a text",
    secret,
    "data: []",
    'data: [], refreshInterval: "0"',
    "medium safeguard: is made once: values that change later do not come (refreshInterval 0)",
  ],
  ["a Secret that is made anew again", secret, "refreshInterval: 0s", "refreshInterval: 1h"],
  [
    "a pause that ends by itself",
    rollout,
    steps("{ setWeight: 20 }", "{ pause: {} }"),
    steps("{ setWeight: 20 }", "{ pause: { duration: 10s } }"),
    "medium rollout: goes on by itself where it waited for somebody (canary, pause)",
  ],
  [
    "a pause that waits for somebody",
    rollout,
    steps("{ setWeight: 20 }", "{ pause: { duration: 10s } }"),
    steps("{ setWeight: 20 }", "{ pause: {} }"),
  ],
  [
    "pods that may be on one node",
    deployment,
    spread("DoNotSchedule"),
    spread("ScheduleAnyway"),
    "medium safeguard: its pods may all run on one node where others have no room: it is only preferred",
  ],
  ["pods that may not", deployment, spread("ScheduleAnyway"), spread("DoNotSchedule")],
  [
    "pods that stay apart if they can",
    deployment,
    apart("requiredDuringSchedulingIgnoredDuringExecution"),
    apart("preferredDuringSchedulingIgnoredDuringExecution"),
    "medium safeguard: its pods may all run on one node where others have no room: it is only preferred",
  ],
  [
    "another gateway",
    route,
    "parentRefs: [{ name: gw }]",
    "parentRefs: [{ name: other }]",
    "medium exposure: hangs on another gateway (parentRefs)",
  ],
  [
    "a policy that is passed over",
    policy,
    "validations: []",
    "validations: [], failurePolicy: Ignore",
    "medium webhook: admits other objects (failurePolicy)",
  ],
];

describe("an edit of a team", () => {
  const sides = ([, type, ...texts]: Row) => {
    const [apiVersion = "", kind = ""] = type.split(" ");
    const side = (text = "") => [object(apiVersion, kind, { spec: parse(`{${text}}`) as object })];
    return [side(texts[0]), side(texts[1])] as const;
  };
  for (const row of quiet) {
    it(`is quiet: ${row[0]}`, () => {
      for (const [a, b] of [
        sides(row),
        [...sides(row)].reverse() as [object[], object[]],
      ] as const) {
        assert.deepEqual(riskLines(a, b), []);
        const lines = editLines(a, b);
        assert.deepEqual(
          lines.filter((line) => !/ \((defaulting|formatting)\)$/.test(line)),
          [],
        );
        assert.notEqual(lines.length, 0);
      }
    });
  }
  for (const row of loud) {
    it(`says what it does: ${row[0]}`, () => {
      const [before, after] = sides(row);
      assert.deepEqual(riskLines(before, after), row.slice(4));
      assert.ok(editLines(before, after).some((line) => !/ \([a-z-]+\)$/.test(line)));
    });
  }
});
