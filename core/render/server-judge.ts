import type { KubernetesObject } from "../manifests/identity.ts";
import type { Said } from "./finding.ts";

type FieldSaid = {
  readonly field: string;
  readonly type: string;
  readonly text: string;
  /** `Flux 2.9`: whose definitions say so, where the cluster's are not known. */
  readonly by?: string;
};

/** What the API server's own code says of one object. */
export type ServerVerdict = {
  readonly errors: readonly FieldSaid[];
  readonly warnings: readonly FieldSaid[];
  /** Open variables that it holds: what hangs on their values is not said. */
  readonly open?: readonly string[];
};

/** The API server's own code, of one minor version. */
export type ServerJudge = {
  /** 36 for 1.36. */
  readonly minor: number;
  /**
   * A verdict for each object, undefined for kinds that it does not know; or why there is none. `open`
   * are variables that stand as `${NAME}` in it.
   */
  readonly judge: (
    objects: readonly { readonly object: KubernetesObject; readonly open: readonly string[] }[],
    definitions: readonly KubernetesObject[],
  ) => Promise<readonly (ServerVerdict | undefined)[] | { readonly unavailable: string }>;
};

/** What else was found in an object, without the server: by schemas and rules of names. */
type Otherwise = { readonly schema: readonly string[]; readonly names: readonly string[] };

/**
 * The server's word on one object, for a cluster of `minor`. What it says replaces what schemas and
 * rules of names say where it is the cluster's own version; elsewhere both are said, each field once.
 */
export function serverFindings(
  verdict: ServerVerdict,
  of: {
    readonly minor: number;
    readonly serverMinor: number;
    readonly otherwise: Otherwise;
  },
): { readonly names: readonly Said[]; readonly schema: readonly Said[] } {
  const { minor, serverMinor, otherwise } = of;
  const same = minor === serverMinor;
  const kept = same ? [] : [...otherwise.schema, ...otherwise.names];
  const known = new Set(kept.map(fieldOf));
  const others = verdict.errors.filter(({ field }) => field === "" || !known.has(plain(field)));
  const note = same ? "" : ` (by the rules of Kubernetes 1.${serverMinor})`;
  const severity = minor <= serverMinor ? "error" : "warning";
  const told = others.map(({ field, text, by }): Said & { readonly field: string } => {
    const hint = /: did you mean "[^"]*"[^"]*\?$/.exec(
      otherwise.schema.find((each) => fieldOf(each) === plain(field)) ?? "",
    )?.[0];
    const message = `${field === "" ? "" : `${field}: `}${text}${hint ?? ""}${note}${byDefinitions(by)}`;
    return { severity, message, field };
  });
  const inMetadata = (field: string) => /^metadata\b/.test(field);
  return {
    names: [
      ...(same ? [] : otherwise.names.map(asError)),
      ...told.filter(({ field }) => inMetadata(field)).map(withoutField),
    ],
    schema: [
      ...(same ? [] : otherwise.schema.map(asError)),
      ...told.filter(({ field }) => !inMetadata(field)).map(withoutField),
      ...verdict.warnings.map(({ text, by }): Said => ({
        severity: "warning",
        message: `${text}${byDefinitions(by)}`,
      })),
      ...openWarnings(verdict.open ?? []),
    ],
  };
}

/** The end of a text: whose definitions say so; empty where they are the cluster's. */
export function byDefinitions(by: string | undefined): string {
  return by === undefined ? "" : ` (by the definitions of ${by})`;
}

function asError(message: string): Said {
  return { severity: "error", message };
}

function withoutField({ severity, message }: Said): Said {
  return { severity, message };
}

// `spec.ports[0].name`, `spec.ports[name="http"].name` and `spec.ports[1].name` are one field here.
function plain(field: string): string {
  return field.replace(/\[[^\]]*\]/g, "[]");
}

function fieldOf(message: string): string {
  return plain(/^\S+/.exec(message)?.[0] ?? "");
}

function openWarnings([name, ...others]: readonly string[]): readonly Said[] {
  if (name === undefined) return [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const message = `what hangs on the value of \${${name}}${more} was not checked: Flux substitutes it`;
  return [{ severity: "warning", message }];
}
