import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  indexPath,
  type OwnershipIndex,
  ownershipIndexText,
} from "../../../core/render/ownership-index.ts";

import type { RenderedEnvironment } from "../../../core/render/render-result.ts";

export type RenderOptions = {
  readonly build: number;
  readonly organisationUrl: string;
  /** ConfigMap name → value. */
  readonly objects: Readonly<Record<string, string>>;
  readonly images?: Readonly<Record<string, string>>;
  readonly highLevel?: Readonly<Record<string, string>>;
  readonly autoComplete?: boolean;
  readonly draftOnRisk?: readonly string[];
  readonly labels?: readonly string[];
  /** What else fluxgate.yaml says of the pull request. */
  readonly settings?: Pick<RenderedEnvironment, "mode" | "reviewers" | "title">;
  readonly variablesDigest?: string;
  /** Deployment name → its image, in one file each. */
  readonly deployments?: Readonly<Record<string, string>>;
  /** Names of PersistentVolumeClaims. */
  readonly volumes?: readonly string[];
  /** Secret name → base64 of its value. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly delivery?: string;
  /** The code that was rendered, as the index keeps it. */
  readonly source?: OwnershipIndex["provenance"]["source"];
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Writes a folder as RenderManifests does: delivery shop, app api, environment dev. */
export function writeRender(folder: string, options: RenderOptions): void {
  const { delivery = "shop", images = {}, autoComplete = false } = options;
  rmSync(folder, { recursive: true, force: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const app = delivery === "shop" ? "api" : delivery;
  const files: Record<string, OwnershipIndex["files"][string]> = {};
  for (const { group = "", version, kind, name, body } of objectsOf(options)) {
    const path = `${app}/${group === "" ? "" : `${group}_`}${version}_${kind.toLowerCase()}_${name}.yaml`;
    const apiVersion = group === "" ? version : `${group}/${version}`;
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${body}`;
    write(`dev/${path}`, text);
    const identity = { group, version, kind, namespace: "", name };
    files[path] = { app, identity, sha256: sha256(text) };
  }
  for (const [path, text] of Object.entries(options.highLevel ?? {})) {
    write(`high-level/dev/${path}`, text);
  }
  const index: OwnershipIndex = {
    apiVersion: "fluxgate.dev/v1",
    kind: "OwnershipIndex",
    delivery,
    environment: "dev",
    files,
    provenance: {
      ...(options.source === undefined ? {} : { source: options.source }),
      run: `${options.organisationUrl}/shop/_build/results?buildId=${options.build}`,
      tools: { fluxgate: "0.1.0", helm: "4.2.3" },
      images,
      inputsDigest: "",
      ...(options.variablesDigest === undefined
        ? {}
        : { variablesDigest: options.variablesDigest }),
    },
  };
  write(`dev/${indexPath(delivery)}`, ownershipIndexText(index));
  const environment = {
    name: "dev",
    path: "dev",
    autoComplete,
    draftOnRisk: options.draftOnRisk ?? [],
    labels: options.labels ?? [],
    ...options.settings,
    validation: { kubernetesVersion: "1.36", checks: ["schema", "secrets"] },
    images: [],
    objects: [],
    inputsDigest: "",
    highLevel: options.highLevel === undefined ? [] : [app],
    warnings: [],
  };
  const head = { apiVersion: "fluxgate.dev/v1", kind: "RenderResult", delivery };
  write("render-result.json", JSON.stringify({ ...head, environments: [environment] }));
}

type Written = {
  readonly group?: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** What follows its name. */
  readonly body: string;
};

function objectsOf({
  objects,
  deployments = {},
  volumes = [],
  secrets = {},
}: RenderOptions): readonly Written[] {
  const of = (
    given: Readonly<Record<string, string>>,
    make: (value: string) => Omit<Written, "name">,
  ) => Object.entries(given).map(([name, value]) => ({ name, ...make(value) }));
  return [
    ...of(objects, (value) => ({
      version: "v1",
      kind: "ConfigMap",
      body: `data:\n  a: "${value}"\n`,
    })),
    ...of(secrets, (value) => ({
      version: "v1",
      kind: "Secret",
      body: `data:\n  key: ${value}\n`,
    })),
    ...of(deployments, (image) => ({
      group: "apps",
      version: "v1",
      kind: "Deployment",
      body: `spec:\n  template:\n    spec:\n      containers:\n        - name: main\n          image: ${image}\n`,
    })),
    ...volumes.map((name) => ({
      version: "v1",
      kind: "PersistentVolumeClaim",
      name,
      body: "spec:\n  accessModes: [ReadWriteOnce]\n",
    })),
  ];
}
