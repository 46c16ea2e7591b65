import { writeFile } from "node:fs/promises";
import { InputError } from "../../core/errors.ts";
import type { ConnectorConfig } from "../../core/connector-config/config.ts";
import type { FluxObject } from "../../core/flux/flux-object.ts";
import { fluxgateVersion } from "../../rendering/version.ts";
import type { Finding } from "./check.ts";

export type Bundle = {
  readonly at: Date;
  readonly findings: readonly Finding[];
  readonly config: ConnectorConfig | undefined;
  readonly clusters: readonly {
    readonly name: string;
    readonly flux: readonly FluxObject[] | undefined;
  }[];
  /** Texts that must not stand in it. */
  readonly secrets: readonly string[];
};

/**
 * Writes what a person who helps needs, in one file that its writer can read through: no tokens, no
 * passwords, no manifests. @throws InputError when the file is there already.
 */
export async function writeBundle(file: string, bundle: Bundle): Promise<void> {
  try {
    await writeFile(file, bundleText(bundle), { mode: 0o600, flag: "wx" });
  } catch (cause) {
    const exists = (cause as { readonly code?: string }).code === "EEXIST";
    if (!exists) throw cause;
    throw new InputError([{ file, message: "--bundle writes a new file, and this one is there" }]);
  }
}

/** The bundle as it is written. */
function bundleText({ at, findings, config, clusters, secrets }: Bundle): string {
  const document = {
    madeAt: at.toISOString(),
    fluxgate: fluxgateVersion,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    findings,
    config,
    clusters: clusters.map(({ name, flux }) => ({ name, flux: flux?.map(shown) ?? "not read" })),
  };
  return `${redacted(JSON.stringify(document, undefined, 2), secrets)}\n`;
}

// States and places, no specs: values of substitutions and patches stand there.
function shown(object: FluxObject): object {
  const { kind, namespace, name, suspended, generation, observedGeneration, labels } = object;
  const environment = labels["fluxgate.dev/environment"];
  const conditions = object.conditions.map(({ type, status, reason }) => ({
    ...{ type, status, reason },
  }));
  return {
    ...{ kind, namespace, name, suspended, generation, observedGeneration, environment },
    conditions,
    ...(object.kind === "GitRepository" ? { url: object.url, ref: object.ref } : {}),
    ...(object.kind === "Kustomization"
      ? {
          path: object.path,
          source: object.source,
          applied: object.lastAppliedRevision,
          attempted: object.lastAttemptedRevision,
          inventory: object.inventory.length,
        }
      : {}),
  };
}

/** Without the given texts, and without user and password in any address. */
export function redacted(text: string, secrets: readonly string[]): string {
  const longest = secrets.filter((one) => one.length > 3).toSorted((a, b) => b.length - a.length);
  return longest
    .reduce((left, secret) => left.replaceAll(secret, "***"), text)
    .replace(/(\w+:\/\/)[^\s/"@]+@/g, "$1***@")
    .replace(/\b(Bearer|Basic) [\w.~+/=-]{8,}/gi, "$1 ***");
}
