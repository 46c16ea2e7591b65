import type { FluxObject, FluxReference } from "../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";
import type { Json } from "../../core/flux/read-json.ts";
import type { Identity } from "../../core/manifests/identity.ts";
import type { Kubernetes } from "./connect.ts";
import { isForbidden } from "./failure.ts";
import { pathFinder } from "./find-resource.ts";
import { observer, type Observed, type ObserveOptions } from "./observe.ts";
import { createAskServed } from "./kinds-served.ts";
import { listAfresh } from "./list-afresh.ts";
import { kindsIn } from "./read-flux.ts";
import { watchKind } from "./watch-kind.ts";
import { causeText } from "../../core/errors.ts";
import { workloadReader, type ReadWorkloads } from "./read-workloads.ts";

/** `reset`: of a HelmRelease, its failures too (helm-controller, `ResetRequestAnnotation`). */
export type ReconcileRequest = { readonly at: string; readonly reset: boolean };

/** One cluster as the connector sees it. */
export type WatchedCluster = {
  readonly name: string;
  readonly server: string;
  /** From the watch cache. */
  readonly flux: () => readonly FluxObject[];
  /** Why nothing new comes from the cluster; undefined while all of its watches are up. */
  readonly problem: () => Error | undefined;
  /**
   * The same as part of a sentence, of what a deployment may wait for: what only shows images makes no
   * verdict impossible.
   */
  readonly silent: () => string | undefined;
  /** What a deployment may wait for, listed just now: no automations. @throws HttpError */
  readonly readFlux: () => Promise<readonly FluxObject[]>;
  readonly observe: (identity: Identity, options?: ObserveOptions) => Promise<Observed>;
  /** The same of many at once, with their pods. */
  readonly readWorkloads: ReadWorkloads;
  /** Asks a Flux controller to look now. @throws HttpError 403 where RBAC forbids it. */
  readonly requestReconcile: (object: FluxReference, of: ReconcileRequest) => Promise<void>;
  readonly listed: Promise<void>;
  readonly stop: () => void;
};

export function watchCluster(options: {
  readonly name: string;
  readonly kubernetes: Kubernetes;
  /** All that may be watched; absent: the whole cluster. */
  readonly namespaces?: readonly string[];
  /** Without an object: all were listed anew, or cannot be. */
  readonly onChange: (object: FluxObject | undefined) => void;
}): WatchedCluster {
  const { name, kubernetes, namespaces, onChange } = options;
  const askServed = createAskServed(kubernetes);
  const kinds = kindsIn(namespaces).map(({ apiVersion, kind, role, optional, paths }) => ({
    ...{ apiVersion, kind, role, optional, paths },
    watch: watchKind(kubernetes, {
      path: paths[0] ?? "",
      otherPaths: paths.slice(1),
      askServed,
      read: (item) => parsed(item, { apiVersion, kind }),
      onChange: (object) => changed(object),
    }),
  }));
  const deciding = kinds.filter(({ role }) => role !== "automation");
  const findPath = pathFinder(kubernetes);
  let all: readonly FluxObject[] | undefined;
  const changed = (object: FluxObject | undefined) => {
    all = undefined;
    onChange(object);
  };
  const problemOf = (among: typeof kinds) =>
    among
      .map(({ watch, optional }) => {
        const found = watch.problem();
        return optional && isForbidden(found) ? undefined : found;
      })
      .find((one) => one !== undefined);
  return {
    name,
    server: kubernetes.server,
    // The same list until something changes: whoever indexes it does so once.
    flux: () => (all ??= kinds.flatMap(({ watch }) => watch.objects())),
    problem: () => problemOf(kinds),
    silent: () => {
      const found = problemOf(deciding);
      return found && causeText(found);
    },
    readFlux: async () => {
      const lists = await Promise.all(
        deciding.map(async (each) =>
          (await listAfresh(kubernetes, each)).flatMap((item) => parsed(item, each) ?? []),
        ),
      );
      return lists.flat();
    },
    observe: observer(kubernetes, findPath),
    readWorkloads: workloadReader(kubernetes, findPath),
    requestReconcile: async (object, { at, reset }) => {
      const known = kinds.find(({ kind }) => kind === object.kind);
      if (known === undefined) throw new Error(`${object.kind} is no kind of Flux that is watched`);
      const path = known.watch.path().replace(/\/namespaces\/[^/]+/, "");
      const [, base = "", resource = ""] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
      const [namespace, named] = [object.namespace, object.name].map(encodeURIComponent);
      await kubernetes.call(`${base}/namespaces/${namespace}/${resource}/${named}`, {
        method: "PATCH",
        contentType: "application/merge-patch+json",
        body: {
          metadata: {
            annotations: {
              "reconcile.fluxcd.io/requestedAt": at,
              ...(reset ? { "reconcile.fluxcd.io/resetAt": at } : {}),
            },
          },
        },
      });
    },
    listed: Promise.all(kinds.map(({ watch }) => watch.listed)).then(() => undefined),
    stop: () => {
      for (const { watch } of kinds) watch.stop();
    },
  };
}

type Type = { readonly apiVersion: string; readonly kind: string };

// Items of lists have neither kind nor apiVersion.
function parsed(item: Json, { apiVersion, kind }: Type): FluxObject | undefined {
  return parseFluxObject({ ...item, apiVersion, kind });
}
