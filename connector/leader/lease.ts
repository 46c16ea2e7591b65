import { numberAt, objectAt, textAt, type Json } from "../../core/flux/read-json.ts";

/** What a Lease says; the rules are those of Kubernetes' own leader election. */
export type LeaseRecord = {
  readonly holder: string;
  /** Changes with each renewal. */
  readonly renewed: string;
  readonly durationMs: number;
  readonly transitions: number;
  /** Of the object, which an update must name. */
  readonly version: string;
};

/** A record, and when this process first saw it, by its own clock: no clocks are compared. */
export type SeenLease = { readonly record: LeaseRecord; readonly at: number };

export type LeaseStep = "renew" | "take" | "wait";

export function readLease(lease: unknown): LeaseRecord {
  const spec = objectAt(lease, "spec");
  return {
    holder: textAt(spec, "holderIdentity") ?? "",
    renewed: textAt(spec, "renewTime") ?? "",
    durationMs: (numberAt(spec, "leaseDurationSeconds") ?? 0) * 1000,
    transitions: numberAt(spec, "leaseTransitions") ?? 0,
    version: textAt(lease, "metadata", "resourceVersion") ?? "",
  };
}

/** What is seen now: news only where the record has changed. */
export function seenNow(before: SeenLease | undefined, record: LeaseRecord, at: number): SeenLease {
  const same =
    before?.record.holder === record.holder &&
    before.record.renewed === record.renewed &&
    before.record.transitions === record.transitions;
  return { record, at: same ? before.at : at };
}

/** Whose lease it is, and whether its holder has been silent for all of its time. */
export function nextStep({ record, at }: SeenLease, me: string, now: number): LeaseStep {
  if (record.holder === me) return "renew";
  if (record.holder === "") return "take";
  return now - at > record.durationMs ? "take" : "wait";
}

/** The Lease as it is to be written. `time` is RFC 3339 with microseconds. */
export function leaseWith(of: {
  readonly namespace: string;
  readonly name: string;
  readonly holder: string;
  readonly durationMs: number;
  readonly time: string;
  readonly before?: LeaseRecord;
}): Json {
  const { namespace, name, holder, durationMs, time, before } = of;
  const kept = before?.holder === holder;
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: {
      namespace,
      name,
      ...(before === undefined ? {} : { resourceVersion: before.version }),
    },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.max(1, Math.ceil(durationMs / 1000)),
      renewTime: time,
      ...(kept ? {} : { acquireTime: time }),
      leaseTransitions: (before?.transitions ?? -1) + (kept ? 0 : 1),
    },
  };
}
