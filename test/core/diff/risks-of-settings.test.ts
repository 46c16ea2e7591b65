import { container, flux, of, pod, release, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const noted = (kind: string, annotations: object) =>
  of("networking.k8s.io/v1", kind, { metadata: { name: "a", namespace: "shop", annotations } });
const cron = spec("batch/v1", "CronJob");
const at = (schedule: string) => cron({ schedule: "0 3 * * *" }, { schedule });
const never = "medium rollout: never runs: no month has the day of its schedule";
const rollout = (...steps: object[]) =>
  of("argoproj.io/v1alpha1", "Rollout", { spec: { strategy: { canary: { steps } } } });
const istio = (kind: string) => spec("security.istio.io/v1", kind);
const policy = { rules: [{ from: [{ source: { namespaces: ["a"] } }] }] };
const talks = "medium network-policy: changes who may talk to whom";
const quota = spec("v1", "ResourceQuota");
const volume = spec("v1", "PersistentVolume");
const storage = (allowVolumeExpansion?: boolean) =>
  of("storage.k8s.io/v1", "StorageClass", { provisioner: "a", allowVolumeExpansion });
const admission = "admissionregistration.k8s.io";
const cloud = spec("rds.aws.upbound.io/v1beta1", "Instance");
const alert = (more: object = {}) =>
  of("notification.toolkit.fluxcd.io/v1beta3", "Alert", { spec: more });

describe("what is said of settings by which something no longer happens", () => {
  saysOfRisks([
    ["the 30th of February", at("0 0 30 2 *"), never],
    ["the 31st of short months", at("0 0 31 APR,6,9,11 *"), never],
    ["the 29th of February", at("0 0 29 2 *")],
    ["the 31st of one long month", at("0 0 31 2,3 *")],
    ["a day that never comes, or Mondays", at("0 0 30 2 1")],
    ["it never ran", cron({ schedule: "0 0 30 2 *" }, { schedule: "1 0 30 2 *" })],
    [
      "less time to begin than between two looks",
      cron({}, { startingDeadlineSeconds: 5 }),
      "medium rollout: may not run: its time is over before anybody looks (startingDeadlineSeconds)",
    ],
    ["time enough to begin", cron({}, { startingDeadlineSeconds: 10 })],
    [
      "half the time for Flux",
      flux({ timeout: "10m" }, { timeout: "5m" }),
      "medium flux-behaviour: gives up after 5m, before after 10m (timeout)",
    ],
    ["a little less time for Flux", flux({ timeout: "10m" }, { timeout: "6m" })],
    [
      "no hooks",
      release({}, { upgrade: { disableHooks: true } }),
      "medium flux-behaviour: no longer runs the hooks of its chart (disableHooks)",
    ],
    [
      "a larger first step",
      [rollout({ pause: {} }, { setWeight: 10 }), rollout({ pause: {} }, { setWeight: 50 })],
      "medium rollout: begins with 50 % of the traffic instead of 10 % (canary)",
    ],
    [
      "a larger second step",
      [rollout({ setWeight: 1 }, { setWeight: 2 }), rollout({ setWeight: 1 }, { setWeight: 50 })],
    ],
    [
      "nobody is told by an Alert",
      [alert(), []],
      "medium removal: is removed, and Flux deletes it where it prunes: nobody is told of anything by it any more",
    ],
    ["a suspended Alert goes", [alert({ suspend: true }), []]],
  ]);
});

describe("what is said of settings by which more is let in, or less kept", () => {
  saysOfRisks([
    [
      "the action that holds anyway",
      istio("AuthorizationPolicy")(policy, { action: "ALLOW", ...policy }),
    ],
    ["the same left out", istio("AuthorizationPolicy")({ action: "ALLOW", ...policy }, policy)],
    ["another action", istio("AuthorizationPolicy")(policy, { action: "DENY", ...policy }), talks],
    [
      "no token asked for",
      istio("RequestAuthentication")({ jwtRules: [{ issuer: "a" }] }, {}),
      talks,
    ],
    [
      "a quota of what pods have to say",
      quota({ hard: { pods: "2" } }, { hard: { pods: "2", "limits.memory": "1Gi" } }),
      "medium safeguard: sets a bound for limits.memory: pods whose containers say nothing of it are refused",
    ],
    [
      "a quota of what is counted",
      quota({ hard: { pods: "2" } }, { hard: { pods: "2", services: "1" } }),
    ],
    [
      "a volume for anybody",
      volume({ claimRef: { name: "a" } }, {}),
      "medium rollout: is no longer kept for its claim: another one may take it, with its data (claimRef)",
    ],
    [
      "claims that cannot grow",
      [storage(true), storage()],
      "medium rollout: its claims can no longer grow (allowVolumeExpansion)",
    ],
    [
      "a resource of a cloud that may be deleted from now on",
      cloud({ managementPolicies: ["Observe", "Update"] }, { managementPolicies: ["*"] }),
      "high data-loss: no longer keeps data when it goes (managementPolicies)",
    ],
    [
      "one that may be updated too",
      cloud({ managementPolicies: ["Observe"] }, { managementPolicies: ["Observe", "Update"] }),
    ],
    ...["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"].map(
      (kind) =>
        [
          `a ${kind} goes`,
          [of(`${admission}/v1beta1`, kind), []],
          "medium removal: is removed, and Flux deletes it where it prunes",
        ] as const,
    ),
  ]);
});

const asked = (port: unknown, name: string) => ({
  ports: [{ name, containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/", port } },
});
const weighed = (weight: string) =>
  noted("Ingress", { "nginx.ingress.kubernetes.io/canary-weight": weight });

describe("what is said of where requests and probes go", () => {
  saysOfRisks([
    [
      "a probe of a port that lost its name",
      container(asked("http", "http"), asked("http", "web")),
      "high rollout: container a has no port http, which its readinessProbe asks: it always fails",
    ],
    ["a probe that follows", container(asked("http", "http"), asked("web", "web"))],
    ["a probe of a number", container(asked("http", "http"), asked(8080, "web"))],
    ["a probe that never had one", container(asked("x", "http"), asked("x", "web"))],
    [
      "all of a canary of ingress-nginx",
      [weighed("10"), weighed("100")],
      "medium rollout: gets 100 % of the requests, before 10 % (canary-weight)",
    ],
    ["a little more of it", [weighed("10"), weighed("20")]],
  ]);
});

describe("what is said of an alias that is written out", () => {
  saysOfRisks([
    [
      "of the account",
      pod({ serviceAccountName: "a" })({ serviceAccountName: "a", serviceAccount: "a" }),
    ],
    ["and no ports of a container", container({}, { ports: [] })],
  ]);
});
