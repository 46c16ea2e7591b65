// How long data is kept, and by whose word: what is written, and what holds where nothing is.
import { object } from "./manifests.ts";
import { of, spec, withPod } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const loses = (field: string) => `high data-loss: no longer keeps data when it goes (${field})`;
const cloud = spec("sql.azure.upbound.io/v1", "MSSQLServer");
const own = spec("database.example.org/v1", "Store");
const secret = spec("external-secrets.io/v1", "ExternalSecret");
const target = (deletionPolicy?: string) => ({ target: { name: "a", deletionPolicy } });
const marked = (...finalizers: string[]) =>
  object("v1", "Service", { metadata: { name: "a", finalizers } });
const kafka = spec("kafka.strimzi.io/v1beta2", "Kafka");
const disk = (more: object) => ({ kafka: { storage: { size: "10Gi", ...more } } });
const topic = spec("kafka.strimzi.io/v1beta2", "KafkaTopic");
const removed = "medium removal: is removed, and Flux deletes it where it prunes";
const keeps = (field: string, from: string, to: string) =>
  `medium data-loss: keeps data for ${to} instead of ${from} (${field})`;
const retention = spec("loki.grafana.com/v1", "LokiStack");
const period = (retentionPeriod: unknown) => ({ retentionPeriod });

describe("what is said of data by its policies", () => {
  saysOfRisks([
    [
      "deleted where it was kept",
      own({ deletionPolicy: "Retain" }, { deletionPolicy: "Delete" }),
      loses("spec.deletionPolicy"),
    ],
    [
      "deleted where it was left alone",
      own({ deletionPolicy: "Orphan" }, { deletionPolicy: "Delete" }),
      loses("spec.deletionPolicy"),
    ],
    [
      "anything else where it was kept",
      own({ cleanupPolicy: "retain" }, { cleanupPolicy: "wipe" }),
      loses("spec.cleanupPolicy"),
    ],
    [
      "destroyed where nothing was said",
      own({}, { cleanupPolicy: "destroy" }),
      loses("spec.cleanupPolicy"),
    ],
    [
      "nothing said where it was kept",
      own({ volumeReclaimPolicy: "Retain" }, {}),
      loses("spec.volumeReclaimPolicy"),
    ],
    [
      "left alone in place of kept",
      own({ deletionPolicy: "Retain" }, { deletionPolicy: "Orphan" }),
    ],
    ["deleted by another word", own({ cleanupPolicy: "delete" }, { cleanupPolicy: "destroy" })],
    [
      "something else than deleted",
      own({ deletionPolicy: "Delete" }, { deletionPolicy: "Snapshot" }),
    ],
    [
      "something else in place of something",
      own({ deletionPolicy: "Snapshot" }, { deletionPolicy: "Archive" }),
    ],
    [
      "deleted in place of something",
      own({ deletionPolicy: "Snapshot" }, { deletionPolicy: "Delete" }),
      loses("spec.deletionPolicy"),
    ],
    [
      "a word that only holds the other",
      own({ deletionPolicy: "Archive" }, { deletionPolicy: "NoDelete" }),
    ],
    [
      "kept by a word that only holds the other",
      own({ deletionPolicy: "DoNotRetain" }, { deletionPolicy: "Archive" }),
    ],
    ["kept from now on", own({ deletionPolicy: "Delete" }, { deletionPolicy: "Retain" })],
    ["another field by such a word", own({ mode: "Retain" }, { mode: "Delete" })],
    [
      "a field that is there by itself: Crossplane deletes",
      cloud({}, { deletionPolicy: "Delete" }),
    ],
    [
      "what Crossplane left alone",
      cloud({ deletionPolicy: "Orphan" }, {}),
      loses("spec.deletionPolicy"),
    ],
    [
      "a Secret that External Secrets kept without a word",
      secret(target(), target("Delete")),
      loses("spec.target.deletionPolicy"),
    ],
    ["a Secret that it keeps without a word", secret(target("Retain"), target())],
    ["a Secret that it deletes, then keeps without a word", secret(target("Delete"), target())],
    [
      "an operator's volumes that Kubernetes kept without a word",
      own({}, { whenDeleted: "Delete" }),
      loses("spec.whenDeleted"),
    ],
    ["an operator's volumes that it keeps without a word", own({ whenScaled: "Retain" }, {})],
    [
      "two finalizers",
      [marked("x/a", "x/b"), marked()],
      "medium data-loss: may go without its clean-up (finalizer x/a, x/b)",
    ],
    ["what goes with its finalizers", [marked("x/a"), []], removed],
    [
      "pods that go with their claim",
      [withPod({ volumes: [{ name: "d", persistentVolumeClaim: { claimName: "c" } }] }, {}), []],
      removed,
    ],
    ["one finalizer more", [marked("x/a"), marked("x/a", "x/b")]],
  ]);
});

describe("what is said of data by what an operator is told", () => {
  saysOfRisks([
    [
      "claims that go with it",
      kafka(disk({ deleteClaim: false }), disk({ deleteClaim: true })),
      loses("spec.kafka.storage.deleteClaim"),
    ],
    [
      "claims that no longer go with it",
      kafka(disk({ deleteClaim: true }), disk({ deleteClaim: false })),
    ],
    [
      "disks of pods",
      kafka(disk({ type: "persistent-claim" }), disk({ type: "ephemeral" })),
      "high data-loss: keeps its data as long as a pod lives (spec.kafka.storage.type ephemeral)",
    ],
    [
      "another type of disks",
      kafka(disk({ type: "ephemeral" }), disk({ type: "persistent-claim" })),
    ],
    ["a type for the first time", kafka(disk({}), disk({ type: "ephemeral" }))],
    ["a type of something else", own({ node: { type: "big" } }, { node: { type: "ephemeral" } })],
    [
      "smaller disks",
      kafka(disk({ size: "10Gi" }), disk({ size: "9Gi" })),
      "high data-loss: asks for 9Gi instead of 10Gi (spec.kafka.storage.size): a volume cannot get smaller",
    ],
    ["larger disks", kafka(disk({ size: "10Gi" }), disk({ size: "11Gi" }))],
    ["disks of the same size", kafka(disk({ size: "1Gi" }), disk({ size: "1024Mi" }))],
    ["a smaller size of something else", own({ pool: { size: 10 } }, { pool: { size: 9 } })],
    [
      "fewer partitions",
      topic({ partitions: 3 }, { partitions: 2 }),
      "medium data-loss: asks for 2 instead of 3 partitions: they cannot become fewer",
    ],
    ["more partitions", topic({ partitions: 2 }, { partitions: 3 })],
    ["partitions for the first time", topic({}, { partitions: 3 })],
    [
      "seconds of hours",
      retention(period("2h"), period("7199s")),
      keeps("spec.retentionPeriod", "2h", "7199s"),
    ],
    ["as many seconds as hours", retention(period("2h"), period("7200s"))],
    [
      "milliseconds",
      retention(period("1s"), period("999ms")),
      keeps("spec.retentionPeriod", "1s", "999ms"),
    ],
    ["minutes", retention(period("1h"), period("59m")), keeps("spec.retentionPeriod", "1h", "59m")],
    [
      "hours and minutes",
      retention(period("1h30m"), period("89m")),
      keeps("spec.retentionPeriod", "1h30m", "89m"),
    ],
    [
      "hours of a day",
      retention(period("1d"), period("23h")),
      keeps("spec.retentionPeriod", "1d", "23h"),
    ],
    [
      "days of a week",
      retention(period("1w"), period("6d")),
      keeps("spec.retentionPeriod", "1w", "6d"),
    ],
    [
      "weeks of a year",
      retention(period("1y"), period("52w")),
      keeps("spec.retentionPeriod", "1y", "52w"),
    ],
    [
      "a number of its own unit",
      retention(period(9), period(8)),
      keeps("spec.retentionPeriod", "9", "8"),
    ],
    ["longer", retention(period("1d"), period("2d"))],
    ["what is no time", retention(period("1d or so"), period("1h"))],
    ["what becomes no time", retention(period("1d"), period("x1h"))],
    ["a time of something else", own({ wait: "1d" }, { wait: "1h" })],
    ...["retention", "retentionPolicy", "retentionTime", "retention.ms", "ttl"].map(
      (field) =>
        [
          `by ${field}`,
          own({ [field]: "9d" }, { [field]: "8d" }),
          keeps(`spec.${field}`, "9d", "8d"),
        ] as const,
    ),
    ...[
      "volumeClaimTemplate",
      "volumeClaimTemplates",
      "volumeClaimSpec",
      "dataVolumeClaimSpec",
      "persistentVolumeClaim",
    ].map(
      (field) =>
        [
          `no ${field}`,
          own({ a: 1, [field]: { a: 1 } }, { a: 1 }),
          `high data-loss: no longer keeps its data in a volume (spec.${field})`,
        ] as const,
    ),
    [
      "a claim within what goes",
      own({ a: 1, b: { c: { volumeClaimSpec: {} } } }, { a: 1 }),
      "high data-loss: no longer keeps its data in a volume (spec.b.c.volumeClaimSpec)",
    ],
    ["what only holds the name", own({ a: 1, myVolumeClaimSpec: {} }, { a: 1 })],
    ["anything of a kind of Kubernetes", spec("v1", "Service")({ ttl: "2d" }, { ttl: "1d" })],
    ["what is new", [[], of("example.com/v1", "Store", { spec: { deleteClaim: true } })]],
  ]);
});
