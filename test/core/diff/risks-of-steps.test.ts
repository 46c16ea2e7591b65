// How new pods take the place of old ones, and how traffic comes to them: what is said, and where the
// line lies.
import { saysOfRisks } from "./risk-rows.ts";

// How new pods take the place of old ones, and how traffic comes to them: what is said, and where the
// line lies.
import { of, spec } from "./pair.ts";

const medium = (text: string) => `medium rollout: ${text}`;
const rollout = spec("argoproj.io/v1alpha1", "Rollout");
const canary = spec("flagger.app/v1beta1", "Canary");
const daemons = spec("apps/v1", "DaemonSet");
const sets = spec("apps/v1", "StatefulSet");
const scale = spec("apps/v1", "Deployment");
const cron = spec("batch/v1", "CronJob");
const budget = spec("policy/v1", "PodDisruptionBudget");

describe("what is said of how new pods come", () => {
  saysOfRisks([
    [
      "all at once as before",
      scale({ strategy: { type: "Recreate" }, a: 1 }, { strategy: { type: "Recreate" } }),
    ],
    [
      "by somebody as before",
      daemons(
        { updateStrategy: { type: "OnDelete" }, a: 1 },
        { updateStrategy: { type: "OnDelete" } },
      ),
    ],
    [
      "all of a Deployment at once",
      scale({}, { strategy: { rollingUpdate: { maxUnavailable: "100%" } } }),
      medium("may replace all pods at once (maxUnavailable 100%)"),
    ],
    [
      "many of a Deployment at once",
      scale({}, { strategy: { rollingUpdate: { maxUnavailable: "90%" } } }),
    ],
    [
      "the first partition",
      sets({}, { updateStrategy: { rollingUpdate: { partition: 1 } } }),
      medium("leaves its first 1 pods as they are, now and at later changes (partition)"),
    ],
    [
      "the same partition",
      daemons(
        { a: 1, updateStrategy: { rollingUpdate: { partition: 1 } } },
        { updateStrategy: { rollingUpdate: { partition: 1 } } },
      ),
    ],
    [
      "runs that overlap without a word",
      cron({ concurrencyPolicy: "Forbid" }, {}),
      medium("may run while its last run has not ended (concurrencyPolicy Allow)"),
    ],
    ["runs that no longer overlap", cron({}, { concurrencyPolicy: "Forbid" })],
    [
      "runs that take another's place",
      cron({ concurrencyPolicy: "Forbid" }, { concurrencyPolicy: "Replace" }),
      medium("ends a run that has not ended when the next one starts (concurrencyPolicy Replace)"),
    ],
    [
      "a new one that does",
      [[], of("batch/v1", "CronJob", { spec: { concurrencyPolicy: "Replace" } })],
    ],
    [
      "a Rollout that stands still",
      rollout({}, { paused: true }),
      medium("is paused: its changes are not rolled out"),
    ],
    [
      "anything else that stands still",
      spec("example.com/v1", "Farm")({}, { paused: true }),
      medium("is paused: it does nothing until somebody goes on (spec.paused)"),
    ],
    ["what goes on", rollout({ paused: true }, { paused: false })],
    [
      "no time at all",
      scale({ minReadySeconds: 5 }, { minReadySeconds: 0 }),
      medium("counts pods as available after 0 instead of 5 s (minReadySeconds)"),
    ],
    ["no time as before", scale({ minReadySeconds: 0, a: 1 }, { minReadySeconds: 0 })],
    ["a time for the first time", scale({}, { minReadySeconds: 10 })],
    [
      "more steps",
      rollout(
        { strategy: { canary: { steps: [{ a: 1 }] } } },
        { strategy: { canary: { steps: [{ a: 1 }, { a: 2 }] } } },
      ),
    ],
    [
      "as many steps",
      rollout(
        { strategy: { canary: { steps: [{ a: 1 }] } } },
        { strategy: { canary: { steps: [{ a: 2 }] } } },
      ),
    ],
    [
      "steps of another kind",
      scale({ strategy: { canary: { steps: [{ a: 1 }] } } }, { strategy: { canary: {} } }),
    ],
    [
      "by itself as before",
      rollout(
        { strategy: { blueGreen: {} }, a: 1 },
        { strategy: { blueGreen: { autoPromotionEnabled: true } } },
      ),
    ],
    [
      "by somebody from now on",
      rollout(
        { strategy: { blueGreen: {} } },
        { strategy: { blueGreen: { autoPromotionEnabled: false } } },
      ),
    ],
    ...(
      [
        ["strategy.canary.analysis", { strategy: { canary: { analysis: {} } } }],
        [
          "strategy.blueGreen.prePromotionAnalysis",
          { strategy: { blueGreen: { prePromotionAnalysis: {} } } },
        ],
        ["analysis", { analysis: {} }],
      ] as const
    ).flatMap(([field, was]) =>
      [rollout, canary].map(
        (kind, at) =>
          [
            `no ${field} (${at})`,
            kind({ ...was, b: 1 }, { b: 1 }),
            medium(`goes to all without being measured (${field})`),
          ] as const,
      ),
    ),
    [
      "no analysis of another kind",
      spec("example.com/v1", "Farm")({ analysis: {}, b: 1 }, { b: 1 }),
    ],
    ["an analysis as before", canary({ analysis: { a: 1 } }, { analysis: { a: 2 } })],
    [
      "an analysis that is passed over",
      canary({}, { skipAnalysis: true }),
      medium("goes to all without being measured (skipAnalysis)"),
    ],
    [
      "an analysis that is passed over as before",
      canary({ skipAnalysis: true, a: 1 }, { skipAnalysis: true }),
    ],
    ["fewer of those that go", budget({ maxUnavailable: 2 }, { maxUnavailable: 1 })],
    ["nobody as before", budget({ maxUnavailable: 0, a: 1 }, { maxUnavailable: "0" })],
    [
      "all stay",
      budget({ minAvailable: "90%" }, { minAvailable: "100%" }),
      medium("lets no pod go (minAvailable 100%): nodes cannot be drained"),
    ],
    [
      "a budget of other pods",
      budget(
        { minAvailable: 1, selector: { matchLabels: { app: "a" } } },
        { minAvailable: 2, selector: { matchLabels: { app: "b" } } },
      ),
      medium("is about other pods than before (selector)"),
    ],
    [
      "a new one of its pods",
      [
        [],
        of("policy/v1", "PodDisruptionBudget", {
          spec: { minAvailable: 1, selector: { matchLabels: { app: "a" } } },
        }),
      ],
    ],
    [
      "a new one that replaces all at once",
      [
        [],
        of("apps/v1", "DaemonSet", {
          spec: { updateStrategy: { rollingUpdate: { maxUnavailable: "100%" } } },
        }),
      ],
    ],
    ["a budget at last", budget({}, { minAvailable: 1 })],
    [
      "a new one of all",
      [[], of("policy/v1", "PodDisruptionBudget", { spec: { maxUnavailable: 0 } })],
      medium("lets no pod go (maxUnavailable 0): nodes cannot be drained"),
    ],
  ]);
});

describe("what is said of when Jobs end", () => {
  const job = (spec: object) => of("batch/v1", "Job", { spec });
  const nightly = (spec: object) => of("batch/v1", "CronJob", { spec: { jobTemplate: { spec } } });
  saysOfRisks([
    [
      "a time at last",
      [nightly({}), nightly({ activeDeadlineSeconds: 60 })],
      medium("what runs is ended after 60 s, before however long it takes (activeDeadlineSeconds)"),
    ],
    [
      "half the time",
      [job({ activeDeadlineSeconds: 60 }), job({ activeDeadlineSeconds: 30 })],
      medium("what runs is ended after 30 s, before after 60 s (activeDeadlineSeconds)"),
    ],
    ["more time", [nightly({ activeDeadlineSeconds: 60 }), nightly({ activeDeadlineSeconds: 90 })]],
    [
      "no second try",
      [nightly({}), nightly({ backoffLimit: 0 })],
      medium("a run that fails is not tried again (backoffLimit 0)"),
    ],
    [
      "a new one that goes by itself",
      [[], job({ ttlSecondsAfterFinished: 60 })],
      medium(
        "is deleted 60 s after its end (ttlSecondsAfterFinished), and runs once more each time Flux applies it",
      ),
    ],
    [
      "a new one that Flux leaves alone",
      [
        [],
        of("batch/v1", "Job", {
          metadata: {
            ...{ name: "api", namespace: "shop" },
            annotations: { "kustomize.toolkit.fluxcd.io/ssa": "Ignore" },
          },
          spec: { ttlSecondsAfterFinished: 60 },
        }),
      ],
      "high flux-behaviour: is no longer applied by Flux: this and later changes do nothing (ssa: Ignore)",
    ],
    [
      "one that went by itself before",
      [job({ ttlSecondsAfterFinished: 60 }), job({ ttlSecondsAfterFinished: 90 })],
    ],
    [
      "each of a schedule that goes by itself",
      [nightly({}), nightly({ ttlSecondsAfterFinished: 60 })],
    ],
  ]);
});
