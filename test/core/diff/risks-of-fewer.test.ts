import { object } from "./manifests.ts";
import { flux, of, spec } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const scale = spec("apps/v1", "Deployment");
const hpa = spec("autoscaling/v2", "HorizontalPodAutoscaler");
const keda = spec("keda.sh/v1alpha1", "ScaledObject");
const held = (annotations: object) =>
  object("keda.sh/v1alpha1", "ScaledObject", { metadata: { name: "a", annotations } });
const zero = (from: string) =>
  `high scaled-down: goes from ${from} to 0 replicas: nothing of it runs`;
const suspended = "high flux-behaviour: is suspended: Flux no longer applies it";
const paused = "autoscaling.keda.sh/paused-replicas";
const fewer = (text: string) => `medium scaled-down: ${text}`;

describe("what is said of fewer", () => {
  saysOfRisks([
    [
      "none",
      scale({ replicas: 3 }, { replicas: 0 }),
      "high scaled-down: goes from 3 to 0 replicas: nothing of it runs",
    ],
    [
      "none of one that was not written",
      scale({}, { replicas: 0 }),
      "high scaled-down: goes from its default to 0 replicas: nothing of it runs",
    ],
    [
      "none from the start",
      [[], of("apps/v1", "Deployment", { spec: { replicas: 0 } })],
      "high scaled-down: starts with 0 replicas: nothing of it runs",
    ],
    ["none as before", scale({ replicas: 0, paused: true }, { replicas: 0 })],
    ["half", scale({ replicas: 4 }, { replicas: 2 }), fewer("goes from 4 to 2 replicas")],
    ["more than half", scale({ replicas: 5 }, { replicas: 3 })],
    ["more", scale({ replicas: 1 }, { replicas: 3 })],
    [
      "as many as there are",
      scale({ replicas: 3 }, {}),
      fewer("no longer says its replicas: 3 become 1, unless an autoscaler decides"),
    ],
    ["one, not written any more", scale({ replicas: 1 }, {})],
    [
      "less than none",
      scale({ replicas: -2 }, { replicas: -4 }),
      "high refused-value: spec.replicas cannot be -4: the cluster will refuse it",
    ],
    [
      "none of one that was refused",
      scale({ replicas: "x" }, { replicas: 0 }),
      zero("its default"),
    ],
    ["half of two", scale({ replicas: 2 }, { replicas: 1 }), fewer("goes from 2 to 1 replicas")],
    [
      "a schedule as before",
      spec("batch/v1", "CronJob")({ suspend: true, a: 1 }, { suspend: true }),
    ],
    ["a Kustomization, which is Flux' own", flux({}, { suspend: true }), suspended],
    ["as much as it may be", hpa({ maxReplicas: 4, a: 1 }, { maxReplicas: 4 })],
    ["a ceiling for the first time", hpa({}, { maxReplicas: 4 })],
    ["a floor that stays", hpa({ minReplicas: 2, a: 1 }, { minReplicas: 2 })],
    ["another pause of KEDA", [held({ [paused]: "2" }), held({ [paused]: "3" })]],
    ["the same pause of KEDA", [held({ [paused]: "2" }), held({ [paused]: "2", a: "b" })]],
    [
      "KEDA holds none",
      [held({}), held({ [paused]: "0" })],
      `high scaled-down: is held at 0 replicas: nothing of it runs (${paused})`,
    ],
    ["KEDA's pause goes", [held({ [paused]: "0" }), held({})]],
    ...(["numberOfInstances", "instances", "parallelism", "replicaCount", "nodes"] as const).map(
      (field) =>
        [
          `${field}`,
          spec("example.com/v1", "Farm")({ [field]: 4 }, { [field]: 1 }),
          fewer(`goes from 4 to 1 ${field}`),
        ] as const,
    ),
    [
      "brokers",
      spec("kafka.strimzi.io/v1beta2", "Kafka")(
        { kafka: { replicas: 3 } },
        { kafka: { replicas: 1 } },
      ),
      fewer("goes from 3 to 1 kafka.replicas"),
    ],
    [
      "a schedule",
      spec("batch/v1", "CronJob")({}, { suspend: true }),
      fewer("is suspended: it no longer runs"),
    ],
    ["a schedule again", spec("batch/v1", "CronJob")({ suspend: true }, { suspend: false })],
    [
      "one of Crossplane's",
      spec("example.com/v1", "Farm")({}, { suspended: true }),
      fewer("is suspended: it no longer runs"),
    ],
    [
      "a lower ceiling",
      hpa({ maxReplicas: 5 }, { maxReplicas: 4 }),
      fewer("may scale to 4 replicas at most, before to 5"),
    ],
    [
      "a lower ceiling of KEDA",
      keda({ maxReplicaCount: 5 }, { maxReplicaCount: 4 }),
      fewer("may scale to 4 replicas at most, before to 5"),
    ],
    [
      "half of the floor",
      hpa({ minReplicas: 4 }, { minReplicas: 2 }),
      fewer("may scale down to 2 replicas, before to 4"),
    ],
    ["a little less floor", hpa({ minReplicas: 4 }, { minReplicas: 3 })],
    [
      "no floor of KEDA",
      keda({ minReplicaCount: 1 }, { minReplicaCount: 0 }),
      fewer("may scale down to 0 replicas, before to 1"),
    ],
    ["a higher ceiling", hpa({ maxReplicas: 4 }, { maxReplicas: 5 })],
    [
      "KEDA stands still",
      [held({}), held({ "autoscaling.keda.sh/paused": "true" })],
      fewer("no longer scales (autoscaling.keda.sh/paused)"),
    ],
    ["KEDA goes on", [held({}), held({ "autoscaling.keda.sh/paused": "false" })]],
    [
      "KEDA stands still at two",
      [held({}), held({ "autoscaling.keda.sh/paused-replicas": "2" })],
      fewer("no longer scales (autoscaling.keda.sh/paused-replicas)"),
    ],
  ]);
});

describe("what is said of what an autoscaler goes by", () => {
  const metric = (type: string, name: string, target: object) => ({
    type,
    [type.toLowerCase()]: { metric: { name }, target },
  });
  const trigger = (one: object, metadata: object) => ({ triggers: [{ ...one, metadata }] });
  const by = (averageUtilization: number) => ({
    scaleTargetRef: { name: "a" },
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { averageUtilization } } }],
  });
  saysOfRisks([
    ["what it goes by without a word", hpa(by(70), { scaleTargetRef: { name: "a" } })],
    [
      "more than it said, without a word",
      hpa(by(50), { scaleTargetRef: { name: "a" } }),
      fewer("scales by Resource cpu at 80 instead of 50"),
    ],
    ["half as much again", hpa(by(50), by(75))],
    [
      "more than half as much again",
      hpa(by(50), by(76)),
      fewer("scales by Resource cpu at 76 instead of 50"),
    ],
    [
      "another target",
      hpa(
        { scaleTargetRef: { name: "a" } },
        { scaleTargetRef: { kind: "StatefulSet", name: "b" } },
      ),
      fewer("scales StatefulSet b instead of Deployment a, which keeps what it has"),
    ],
    [
      "the kind of its target written out",
      hpa({ scaleTargetRef: { name: "a" } }, { scaleTargetRef: { kind: "Deployment", name: "a" } }),
    ],
    [
      "its older field",
      hpa({ targetCPUUtilizationPercentage: 40 }, { targetCPUUtilizationPercentage: 70 }),
      fewer("scales by Resource cpu at 70 instead of 40"),
    ],
    [
      "a measure that goes",
      hpa(
        { metrics: [...by(50).metrics, metric("External", "queue", { value: 5 })] },
        { metrics: by(50).metrics },
      ),
      fewer("no longer scales by External queue"),
    ],
    [
      "a measure of pods",
      hpa(
        { metrics: [metric("Pods", "rps", { averageValue: "1k" })] },
        { metrics: [metric("Pods", "rps", { averageValue: "1600" })] },
      ),
      fewer("scales by Pods rps at 1600 instead of 1k"),
    ],
    [
      "a trigger of KEDA by its threshold",
      keda(
        trigger({ type: "cron" }, { threshold: "5" }),
        trigger({ type: "cron" }, { threshold: "9" }),
      ),
      fewer("scales by cron at 9 instead of 5"),
    ],
    [
      "a trigger of KEDA by its name and value",
      keda(
        trigger({ type: "cpu", name: "x" }, { value: "5" }),
        trigger({ type: "cpu", name: "x" }, { value: "9" }),
      ),
      fewer("scales by x at 9 instead of 5"),
    ],
    [
      "another trigger of KEDA",
      keda(trigger({ type: "kafka" }, {}), trigger({ type: "cron" }, {})),
      fewer("no longer scales by kafka"),
    ],
  ]);

  describe("by a word to an operator", () => {
    const alone = "is left alone by its operator: this and later changes do nothing";
    const noted = (place: string, notes: object) =>
      object("example.com/v1", "Farm", { metadata: { name: "a", [place]: notes } });
    const words = [
      ["strimzi.io/pause-reconciliation", "true", "false"],
      ["crossplane.io/paused", "true", "false"],
      ["eck.k8s.elastic.co/managed", "false", "true"],
      ["serviceoperator.azure.com/reconcile-policy", "skip", "manage"],
      ["fluxcd.controlplane.io/reconcile", "disabled", "enabled"],
      ["argocd.argoproj.io/skip-reconcile", "true", "false"],
    ] as const;
    saysOfRisks([
      ...words.flatMap(([name, on, off]) => {
        const [was, is] = [
          noted("annotations", { [name]: off }),
          noted("annotations", { [name]: on }),
        ];
        return [
          [`${name} ${on}`, [was, is], fewer(`${alone} (${name})`)],
          [`${name} ${off}`, [is, was]],
        ] as const;
      }),
      [
        "a label of RabbitMQ",
        [noted("labels", {}), noted("labels", { "rabbitmq.com/pauseReconciliation": "true" })],
        fewer(`${alone} (rabbitmq.com/pauseReconciliation)`),
      ],
      [
        "nodes, by whatever is written",
        [noted("annotations", {}), noted("annotations", { "cluster.x-k8s.io/paused": "" })],
        fewer(`${alone} (cluster.x-k8s.io/paused)`),
      ],
      [
        "a database that hibernates",
        [
          noted("annotations", { "cnpg.io/hibernation": "off" }),
          noted("annotations", { "cnpg.io/hibernation": "on" }),
        ],
        "high scaled-down: is hibernated: nothing of it runs (cnpg.io/hibernation)",
      ],
      ["a new one that hibernates", [[], noted("annotations", { "cnpg.io/hibernation": "on" })]],
    ]);
    const off = (group: string, was: object, is: object) => spec(`${group}/v1`, "Farm")(was, is);
    const said = (field: string) =>
      `high scaled-down: is switched off: nothing of it runs (${field})`;
    saysOfRisks([
      ["Percona's switch", off("pxc.percona.com", {}, { pause: true }), said("spec.pause")],
      ["the same switch of others", off("example.com", {}, { pause: true })],
      [
        "Percona's switch as before",
        off("pxc.percona.com", { pause: true, a: 1 }, { pause: true }),
      ],
      [
        "Crunchy's switch",
        off("postgres-operator.crunchydata.com", { shutdown: false }, { shutdown: true }),
        said("spec.shutdown"),
      ],
      ["KubeDB's switch", off("k.kubedb.com", {}, { halted: true }), said("spec.halted")],
      [
        "a machine that is switched off",
        off("kubevirt.io", { running: true }, { running: false }),
        said("spec.running"),
      ],
      [
        "a machine that is switched off by its newer field",
        off("kubevirt.io", { runStrategy: "Always" }, { runStrategy: "Halted" }),
        said("spec.runStrategy"),
      ],
    ]);
  });

  describe("by Knative, and by how an autoscaler may act", () => {
    const knative = (notes: object) =>
      of("serving.knative.dev/v1", "Service", {
        spec: { template: { metadata: { annotations: notes }, spec: { containers: [] } } },
      });
    const note = (name: string, value: string) =>
      knative({ [`autoscaling.knative.dev/${name}`]: value });
    const up = (selectPolicy: string) => ({ behavior: { scaleUp: { selectPolicy } } });
    const vpa = spec("autoscaling.k8s.io/v1", "VerticalPodAutoscaler");
    const mode = (updateMode: string) => ({ updatePolicy: { updateMode } });
    saysOfRisks([
      [
        "a lower floor",
        [note("min-scale", "3"), note("min-scale", "1")],
        fewer("may scale down to 1 replica, before to 3"),
      ],
      [
        "no floor, in its older spelling",
        [note("minScale", "3"), knative({})],
        fewer("may scale down to 0 replicas, before to 3"),
      ],
      [
        "a lower ceiling",
        [note("max-scale", "9"), note("max-scale", "8")],
        fewer("may scale to 8 replicas at most, before to 9"),
      ],
      [
        "a ceiling at all",
        [knative({}), note("maxScale", "1")],
        fewer("may scale to 1 replica at most, before to any number"),
      ],
      ["no ceiling", [note("max-scale", "1"), note("max-scale", "0")]],
      [
        "an autoscaler that grows no more",
        hpa({}, up("Disabled")),
        fewer("no longer scales up (behavior.scaleUp)"),
      ],
      ["an autoscaler that grew by a rule", hpa(up("Disabled"), up("Max"))],
      [
        "one of KEDA that grows no more",
        keda({}, { advanced: { horizontalPodAutoscalerConfig: up("Disabled") } }),
        fewer("no longer scales up (behavior.scaleUp)"),
      ],
      [
        "pods that are replaced for their requests",
        vpa(mode("Off"), mode("Recreate")),
        fewer("replaces pods to set their requests (updateMode Recreate)"),
      ],
      [
        "pods that are replaced without a word",
        vpa(mode("Initial"), {}),
        fewer("replaces pods to set their requests (updateMode Auto)"),
      ],
      ["pods that were replaced before", vpa({}, mode("Recreate"))],
      ["pods that are left alone", vpa({}, mode("Off"))],
      ["a new one", [[], of("autoscaling.k8s.io/v1", "VerticalPodAutoscaler", { spec: {} })]],
      ["a number of parts no longer said", spec("example.com/v1", "Farm")({ instances: 3 }, {})],
      ["a text", spec("example.com/v1", "Farm")({ instances: "3" }, { instances: "1" })],
      ["no ceiling of an autoscaler, which is refused", hpa({ maxReplicas: 4 }, {})],
      [
        "a scale of a kind that nobody knows",
        spec("example.com/v1", "Farm")({ minReplicas: 4 }, {}),
      ],
      [
        "a custom ceiling",
        spec("example.com/v1", "Farm")({ maxReplicas: 4 }, { maxReplicas: 3 }),
        fewer("may scale to 3 replicas at most, before to 4"),
      ],
    ]);
  });
});
