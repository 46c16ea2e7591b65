import type { Logger } from "pino";
import type { Kubernetes } from "../../clients/kubernetes/connect.ts";
import { isAbsent } from "../../clients/kubernetes/failure.ts";
import { monotonicNow } from "../../clients/monotonic.ts";
import { oddDocument, readNamed } from "../../clients/kubernetes/odd-document.ts";
import { HttpError, causeText } from "../../core/errors.ts";
import { textAt } from "../../core/flux/read-json.ts";
import { leaseWith, nextStep, readLease, seenNow, type SeenLease } from "./lease.ts";

export type Election = {
  /** How long this process surely leads from now on, ms; 0 when it does not. */
  readonly left: () => number;
  /** Who leads, as far as is known. */
  readonly leader: () => string;
  /** Gives the lease back: another need not wait for its end. */
  readonly stop: () => Promise<void>;
};

type Options = {
  readonly kubernetes: Kubernetes;
  /** `namespace/name` */
  readonly lease: string;
  readonly durationMs: number;
  readonly me: string;
  readonly log: Logger;
  /** It begins to lead, or no longer leads. */
  readonly onChange: (leads: boolean) => void;
};

/** Leads while a Lease of Kubernetes says so: tries to get it, and renews it three times a term. */
export function startElection(options: Options): Election {
  const { kubernetes, lease, durationMs, me, log, onChange } = options;
  const [namespace = "", name = ""] = lease.split("/");
  const folder = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  let seen: SeenLease | undefined;
  let until = -Infinity;
  let leads = false;
  let stopped = false;
  let failing = false;
  let timer: NodeJS.Timeout | undefined;

  /** Reads the lease, and takes or renews it where that is this process' to do. */
  async function renew(): Promise<void> {
    const sent = monotonicNow();
    const found = await readIfThere(kubernetes, `${folder}/${encodeURIComponent(name)}`);
    if (found !== undefined) {
      seen = seenNow(seen, readLease(found), monotonicNow());
      const step = nextStep(seen, me, monotonicNow());
      if (step === "wait") return;
    }
    const body = leaseWith({
      ...{ namespace, name, holder: me, durationMs, time: microTime() },
      ...(found === undefined || seen === undefined ? {} : { before: seen.record }),
    });
    const path = found === undefined ? folder : `${folder}/${encodeURIComponent(name)}`;
    const method = found === undefined ? "POST" : "PUT";
    const written = readLease(await kubernetes.call(path, { method, body }));
    if (written.holder !== me) throw new Error("the answer does not say that it was written");
    seen = seenNow(seen, written, monotonicNow());
    // From when it was asked: others count from when they saw the answer.
    until = sent + durationMs;
  }

  async function turn(): Promise<void> {
    try {
      await renew();
      if (failing) log.info({ lease }, `Lease ${lease} can be reached again`);
      failing = false;
    } catch (error) {
      // Two wrote at one moment: the other one was first.
      const lost = error instanceof HttpError && error.status === 409;
      if (!lost && !failing) {
        failing = true;
        log.error(
          { err: error, lease, code: "lease-unreachable" },
          `Failed to renew lease ${lease}: ${causeText(error)}. Nothing is written while it cannot be`,
        );
      }
    }
    tell();
    if (!stopped) timer = setTimeout(() => void turn(), durationMs / 3);
  }

  function tell(): void {
    const now = left() > 0;
    if (stopped || now === leads) return;
    leads = now;
    onChange(leads);
  }

  const left = () => (stopped ? 0 : Math.max(0, until - monotonicNow()));
  void turn();
  // Nobody answers when the time is over: it is looked at by itself.
  const watch = setInterval(tell, Math.min(1_000, durationMs / 6));
  return {
    left,
    leader: () => seen?.record.holder ?? "",
    stop: async () => {
      const held = left() > 0;
      stopped = true;
      clearTimeout(timer);
      clearInterval(watch);
      if (!held || seen?.record.holder !== me) return;
      const given = { namespace, name, holder: "", durationMs, time: microTime() };
      const body = leaseWith({ ...given, before: seen.record });
      const path = `${folder}/${encodeURIComponent(name)}`;
      await kubernetes.call(path, { method: "PUT", body }).catch(() => undefined);
    },
  };
}

async function readIfThere(kubernetes: Kubernetes, path: string): Promise<unknown> {
  try {
    const lease = await readNamed(kubernetes, path);
    if (textAt(lease, "metadata", "resourceVersion") !== undefined) return lease;
    // Whatever is written with none takes it from whoever holds it.
    throw oddDocument(kubernetes.server, path, "a Lease without a version");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function microTime(): string {
  return new Date().toISOString().replace(/Z$/, "000Z");
}
