import type { Kubernetes } from "../../../clients/kubernetes/connect.ts";
import { HttpError } from "../../../core/errors.ts";
import type { KubernetesObject } from "../../../core/manifests/identity.ts";
import { canonical } from "../../../core/diff/values.ts";
import { readExactJson, writeExactJson } from "../../../kube/exact-json.ts";
import { withoutCitations } from "../../../kube/go-values.ts";
import type { Kube } from "../../../kube/kube.ts";
import { eventually } from "../../support/eventually.ts";
import { knownDifferences } from "./known-differences.ts";
import type { Layout } from "./layout.ts";
import { filesBeside, kustomizationOf } from "./placed.ts";

type Condition = {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
};
type Kustomization = {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly lastAppliedRevision?: string;
    readonly conditions?: readonly Condition[];
    readonly inventory?: { readonly entries: readonly { readonly id: string }[] };
  };
};
type Sides = { readonly api: Kubernetes; readonly kube: Kube };

/** Where our build of the layouts is another than what Flux made of them in the cluster. */
export async function differences(
  layouts: readonly Layout[],
  { api, kube }: Sides,
): Promise<readonly string[]> {
  const theirs = await settled(layouts, api);
  const found: string[] = [];
  for (const layout of layouts) {
    const { name, ignore, variables, isRefused = false } = layout;
    const ready = readyOf(theirs.get(name));
    const isRefusedThere = ready?.status !== "True";
    const say = (text: string) => {
      if (!(knownDifferences[name]?.test(text) ?? false)) found.push(`${name}: ${text}`);
    };
    if (isRefusedThere !== isRefused) say(`the layout is wrong: ${ready?.message}`);
    const built = await kube.build({
      ...{
        files: filesBeside(layout, layouts),
        kustomization: kustomizationOf(layout),
        strict: true,
      },
      ...(ignore !== undefined && { ignore }),
      ...(variables && { variables }),
    });
    if (built.kind === "failed") {
      const [they, we] = [`${ready?.reason}: ${told(ready)}`, `${built.reason}: ${built.message}`];
      if (!isRefusedThere || they !== we) say(`they: ${they}\n  we: ${we}`);
    } else if (built.kind !== "built") {
      say(built.text);
    } else if (isRefusedThere) {
      say(`they: ${ready?.reason}: ${told(ready)}\n  we: built ${built.objects.length}`);
    } else {
      const objects = built.objects.map(({ object }) => object);
      const [they, we] = [idsOf(theirs.get(name)), objects.map(idOf).sort()];
      if (they.join() !== we.join()) say(`they: ${they.join(" ")}\n  we: ${we.join(" ")}`);
      else {
        for (const object of objects) {
          const other = await otherThanApplied(object, { api, owner: name });
          if (other !== undefined) say(other);
        }
      }
    }
  }
  return found;
}

/** The Kustomizations once Flux has said its word on each. */
async function settled(
  layouts: readonly Layout[],
  api: Kubernetes,
): Promise<ReadonlyMap<string, Kustomization>> {
  const names = new Set(layouts.map(({ name }) => name));
  const path = "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations";
  return eventually(
    "Flux's word on each layout",
    async () => {
      const { items } = (await api.call(path)) as { readonly items: readonly Kustomization[] };
      const own = items.filter(({ metadata }) => names.has(metadata.name));
      const waiting = own.filter((one) => !isApplied(one) && !isFailed(one));
      if (own.length < names.size || waiting.length > 0) {
        throw new Error(`it waits for ${waiting.map(({ metadata }) => metadata.name).join(", ")}`);
      }
      return new Map(own.map((one) => [one.metadata.name, one]));
    },
    { withinMs: 300_000, everyMs: 500 },
  );
}

function readyOf(one: Kustomization | undefined): Condition | undefined {
  const { generation } = one?.metadata ?? {};
  const { conditions = [] } = one?.status ?? {};
  const found = conditions.find(({ type }) => type === "Ready") as
    (Condition & { readonly observedGeneration?: number }) | undefined;
  return found?.observedGeneration === generation ? found : undefined;
}

// Flux writes conditions first and the rest of the status, the inventory too, a moment later.
function isApplied(one: Kustomization): boolean {
  return readyOf(one)?.status === "True" && one.status?.lastAppliedRevision !== undefined;
}

function isFailed(one: Kustomization): boolean {
  return /Failed$/.test(readyOf(one)?.reason ?? "");
}

// It names files by where the artefact was unpacked, and cites values that may be a Secret's.
function told(ready: Condition | undefined): string {
  const message = ready?.message ?? "";
  return withoutCitations(message).replace(
    /\/[^\s'"]*?\/kustomization-[0-9]+(\/?)/g,
    (_, inside) => (inside === "" ? "." : ""),
  );
}

function idsOf(one: Kustomization | undefined): readonly string[] {
  return (one?.status?.inventory?.entries ?? []).map(({ id }) => id).sort();
}

// As Flux's inventory has it: namespace_name_group_kind, with the colons of names doubled up.
function idOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
  const name = metadata.name.replaceAll(":", "__");
  return [metadata.namespace ?? "", name, group, kind].join("_");
}

/**
 * What a server-side apply of our object in Flux's name would still change, which is the API server's
 * own word on whether both are one.
 */
async function otherThanApplied(
  object: KubernetesObject,
  { api, owner }: { readonly api: Kubernetes; readonly owner: string },
): Promise<string | undefined> {
  const path = await pathOf(object, api);
  const say = (they: string, we: string) =>
    they === we ? undefined : `${idOf(object)}\n  they: ${they}\n  we: ${we}`;
  try {
    const live = readExactJson(String(await api.call(path, { text: true }))) as KubernetesObject;
    // It keeps the bytes of its data, and refuses others that mean the same.
    if (object.kind === "ControllerRevision") {
      return say(exact(live["data"]), exact(object["data"]));
    }
    const query = "dryRun=All&force=true&fieldManager=kustomize-controller";
    const applied = await api.call(`${path}?${query}`, {
      method: "PATCH",
      body: asText(owned(object, owner)),
      contentType: "application/apply-patch+yaml",
    });
    return say(compared(live), compared(applied));
  } catch (error) {
    if (error instanceof HttpError) return `${idOf(object)}: ${error.message}`;
    throw error;
  }
}

function exact(value: unknown): string {
  return canonical(JSON.parse(writeExactJson(value).replace(/(?<=[[,:])-?\d{16,}/g, '"$&"')));
}

function owned(object: KubernetesObject, owner: string): KubernetesObject {
  const group = "kustomize.toolkit.fluxcd.io";
  const { metadata } = object;
  const labels = {
    ...(metadata["labels"] as Record<string, string> | undefined),
    ...{ [`${group}/name`]: owner, [`${group}/namespace`]: owner },
  };
  return { ...object, metadata: { ...metadata, labels } };
}

// The server reads it as YAML, where these end a line.
function asText(body: object): string {
  const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return writeExactJson(body).replace(/[\u0085\u2028\u2029]/g, escaped);
}

// What the server counts, and what others write, is no part of what was applied.
function compared(live: unknown): string {
  const { metadata, ...rest } = live as { readonly metadata: object };
  const without = (of: object, names: readonly string[]) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name)));
  return canonical({
    ...without(rest, ["status"]),
    metadata: without(metadata, ["managedFields", "resourceVersion", "generation"]),
  });
}

const plurals = new Map<string, Promise<unknown>>();

async function pathOf(object: KubernetesObject, api: Kubernetes): Promise<string> {
  const { apiVersion, kind, metadata } = object;
  const root = `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}`;
  const known = plurals.get(root) ?? api.call(root);
  plurals.set(root, known);
  const { resources } = (await known) as {
    readonly resources: readonly { readonly name: string; readonly kind: string }[];
  };
  const found = resources.find((one) => one.kind === kind && !one.name.includes("/"));
  const namespace = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  return `${root}${namespace}/${found?.name}/${encodeURIComponent(metadata.name)}`;
}
