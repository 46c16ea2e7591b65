import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse, stringify } from "yaml";
import type { KubernetesObject } from "../../../core/manifests/identity.ts";
import { type Change, changed } from "../server-case.ts";

/** One file of this folder: a definition, an object that it takes, and changes of it. */
export type CustomCase = {
  readonly name: string;
  readonly definition: KubernetesObject;
  readonly valid: KubernetesObject;
  /** Taken as a new object and as an update. */
  readonly fine: readonly Change[];
  /** Refused as a new object and as an update. */
  readonly wrong: readonly Change[];
  /** Taken as a new object, refused as an update. */
  readonly update: readonly Change[];
  /** Refused as a new object, taken as an update. */
  readonly later: readonly Change[];
};

type Text = Partial<CustomCase> & {
  readonly schema?: object;
  /** More of the only version. */
  readonly version?: object;
  readonly versions?: readonly object[];
  readonly conversion?: object;
  readonly scope?: string;
  /** The version of the object; default: v1. */
  readonly apply?: string;
  readonly valid: object;
};

const group = "custom.fluxgate-test.dev";

export function customCases(): readonly CustomCase[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => read(basename(file, ".yaml")));
}

/** The object of a case, changed. */
export function changedCustom({ valid }: CustomCase, change: Change): KubernetesObject {
  return changed(stringify(valid), change);
}

function read(name: string): CustomCase {
  const text = parse(readFileSync(new URL(`${name}.yaml`, import.meta.url), "utf8"), {
    intAsBigInt: false,
  }) as Text;
  const { scope = "Namespaced", conversion, version, schema, apply = "v1" } = text;
  const plural = name.replaceAll("-", "");
  const kind = `${plural.charAt(0).toUpperCase()}${plural.slice(1)}Case`;
  const only = { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: schema } };
  const versions = text.versions ?? [{ ...only, ...version }];
  const names = { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` };
  const placed = scope === "Cluster" ? {} : { namespace: "default" };
  return {
    name,
    definition: {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: `${plural}.${group}` },
      spec: { group, scope, names, versions, ...(conversion && { conversion }) },
    },
    valid: {
      ...{ apiVersion: `${group}/${apply}`, kind, metadata: { name: "a", ...placed } },
      ...text.valid,
    },
    fine: text.fine ?? [],
    wrong: text.wrong ?? [],
    update: text.update ?? [],
    later: text.later ?? [],
  };
}
