import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { Finding } from "./finding.ts";

type Said = { readonly field: string; readonly type: string; readonly text: string };

/** What the API server's own code says of one object. */
export type ServerVerdict = {
  readonly errors: readonly Said[];
  readonly warnings: readonly Said[];
};

/** The API server's own code, of one minor version. */
export type ServerJudge = {
  /** 36 for 1.36. */
  readonly minor: number;
  /** A verdict for each object, undefined for kinds that it does not know; or why there is none. */
  readonly judge: (
    objects: readonly KubernetesObject[],
    definitions: readonly KubernetesObject[],
  ) => Promise<readonly (ServerVerdict | undefined)[] | { readonly unavailable: string }>;
};

type Told = Pick<Finding, "severity" | "message">;

/** What else was found in an object, without the server: by schemas and rules of names. */
type Otherwise = { readonly schema: readonly string[]; readonly names: readonly string[] };

/**
 * The server's word on one object, for a cluster of `minor`. What it says replaces what schemas and
 * rules of names say where it is the cluster's own version; elsewhere both are said, each field once.
 */
export function serverFindings(
  object: KubernetesObject,
  verdict: ServerVerdict,
  of: {
    readonly minor: number;
    readonly serverMinor: number;
    readonly otherwise: Otherwise;
    readonly postBuild: readonly string[];
  },
): { readonly names: readonly Told[]; readonly schema: readonly Told[] } {
  const { minor, serverMinor, otherwise, postBuild } = of;
  const open = openValues(object, postBuild);
  const same = minor === serverMinor;
  const kept = same ? [] : [...otherwise.schema, ...otherwise.names];
  const known = new Set(kept.map(fieldOf));
  const errors = verdict.errors.filter(({ field }) => !isOpen(plain(field), open.paths));
  const others = errors.filter(({ field }) => field === "" || !known.has(plain(field)));
  const note = same ? "" : ` (by the rules of Kubernetes 1.${serverMinor})`;
  const severity = minor <= serverMinor ? "error" : "warning";
  const told = others.map(({ field, text }): Told & { readonly field: string } => {
    const hint = /: did you mean "[^"]*"[^"]*\?$/.exec(
      otherwise.schema.find((each) => fieldOf(each) === plain(field)) ?? "",
    )?.[0];
    const message = `${field === "" ? "" : `${field}: `}${text}${hint ?? ""}${note}`;
    return { severity, message, field };
  });
  const asked = errors.length < verdict.errors.length ? open.names : [];
  const inMetadata = (field: string) => /^metadata\b/.test(field);
  return {
    names: [
      ...(same ? [] : otherwise.names.map(asError)),
      ...told.filter(({ field }) => inMetadata(field)).map(withoutField),
    ],
    schema: [
      ...(same ? [] : otherwise.schema.map(asError)),
      ...told.filter(({ field }) => !inMetadata(field)).map(withoutField),
      ...verdict.warnings.map(({ text }): Told => ({ severity: "warning", message: text })),
      ...asked.slice(0, 1).map((name): Told => ({
        severity: "warning",
        message: `not all of it was checked: it holds \${${name}}, which Flux substitutes`,
      })),
    ],
  };
}

function asError(message: string): Told {
  return { severity: "error", message };
}

function withoutField({ severity, message }: Told): Told {
  return { severity, message };
}

// `spec.ports[0].name`, `spec.ports[name="http"].name` and `spec.ports[1].name` are one field here.
function plain(field: string): string {
  return field.replace(/\[[^\]]*\]/g, "[]");
}

function fieldOf(message: string): string {
  return plain(/^\S+/.exec(message)?.[0] ?? "");
}

/** Where an object holds variables that only the cluster knows, and their names. */
function openValues(object: KubernetesObject, postBuild: readonly string[]) {
  const paths = new Set<string>();
  const names = new Set<string>();
  if (postBuild.length > 0) visit(object, "");
  return { paths: [...paths], names: [...names] };

  function visit(value: unknown, path: string): void {
    if (typeof value === "string") {
      const name = postBuild.find((each) => value.includes(`\${${each}`));
      if (name === undefined) return;
      paths.add(path);
      names.add(name);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, `${path}[]`);
    } else if (isRecord(value)) {
      for (const [key, child] of Object.entries(value)) {
        visit(child, path === "" ? key : `${path}.${key}`);
      }
    }
  }
}

// What is said of a value says nothing while the value is open; nor does what is said of all around it.
function isOpen(field: string, open: readonly string[]): boolean {
  return open.some(
    (path) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`),
  );
}
