// Fields that several kinds of Flux have, read from answers of the API.
import type { Identity } from "../../manifests/identity.ts";
import { splitApiVersion } from "../../manifests/identity.ts";
import type {
  Dependency,
  FluxObjectBase,
  FluxReference,
  HealthCheckExpression,
  KubeConfigReference,
} from "../flux-base.ts";
import type { Json } from "../read-json.ts";
import { objectsAt, textAt } from "../read-json.ts";

export function references(
  entries: readonly Json[],
  base: FluxObjectBase,
): readonly FluxReference[] {
  return entries.map((entry) => reference(entry, base.namespace));
}

export function dependencies(
  spec: Json,
  { namespace }: FluxObjectBase,
  kind: string,
): readonly Dependency[] {
  return objectsAt(spec, "dependsOn").map((entry) => ({
    ...reference(entry, namespace, kind),
    ...(textAt(entry, "readyExpr") === undefined ? {} : { byExpression: true }),
  }));
}

export function reference(entry: Json, namespace: string, kind = ""): FluxReference {
  return {
    kind: textAt(entry, "kind") ?? kind,
    namespace: textAt(entry, "namespace") ?? namespace,
    name: textAt(entry, "name") ?? "",
  };
}

export function healthCheck(entry: Json): Identity {
  const [group, version] = splitApiVersion(textAt(entry, "apiVersion") ?? "");
  return {
    group,
    version,
    kind: textAt(entry, "kind") ?? "",
    namespace: textAt(entry, "namespace") ?? "",
    name: textAt(entry, "name") ?? "",
  };
}

export function healthCheckExpression(entry: Json): HealthCheckExpression {
  const [group] = splitApiVersion(textAt(entry, "apiVersion") ?? "");
  return {
    group,
    kind: textAt(entry, "kind") ?? "",
    ...present({
      current: textAt(entry, "current"),
      inProgress: textAt(entry, "inProgress"),
      failed: textAt(entry, "failed"),
    }),
  };
}

/** Of another form it leads somewhere else all the same. */
export function kubeConfig(
  spec: Json,
  { namespace }: FluxObjectBase,
): KubeConfigReference | undefined {
  if (typeof spec["kubeConfig"] !== "object" || spec["kubeConfig"] === null) return undefined;
  const name =
    textAt(spec, "kubeConfig", "secretRef", "name") ??
    textAt(spec, "kubeConfig", "configMapRef", "name");
  return { namespace, name: name ?? "?" };
}

/** What an artefact was made from, where whoever made it said so. */
export type Origin = {
  /** `main@sha1:…` */
  readonly originRevision?: string;
  readonly originSource?: string;
};

export function originOf(artifact: Json): Origin {
  const annotation = (name: string) =>
    textAt(artifact, "metadata", `org.opencontainers.image.${name}`);
  return present({ originRevision: annotation("revision"), originSource: annotation("source") });
}

/** As Flux joins it to the folder of an artefact: `..` does not lead out of it (securejoin). */
export function folder(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined. */
export function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
