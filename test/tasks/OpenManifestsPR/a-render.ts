import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  indexPath,
  type OwnershipIndex,
  ownershipIndexText,
} from "../../../core/render/ownership-index.ts";

export type RenderOptions = {
  readonly build: number;
  readonly organisationUrl: string;
  /** ConfigMap name → value. */
  readonly objects: Readonly<Record<string, string>>;
  readonly images?: Readonly<Record<string, string>>;
  readonly highLevel?: Readonly<Record<string, string>>;
  readonly autoComplete?: boolean;
  readonly delivery?: string;
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Writes a folder as RenderManifests does: delivery shop, app api, environment dev. */
export function writeRender(folder: string, options: RenderOptions): void {
  const { delivery = "shop", objects, images = {}, autoComplete = false } = options;
  rmSync(folder, { recursive: true, force: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const app = delivery === "shop" ? "api" : delivery;
  const files: Record<string, OwnershipIndex["files"][string]> = {};
  for (const [name, value] of Object.entries(objects)) {
    const path = `${app}/v1_configmap_${name}.yaml`;
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: "${value}"\n`;
    write(`dev/${path}`, text);
    const identity = { group: "", version: "v1", kind: "ConfigMap", namespace: "", name };
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
      run: `${options.organisationUrl}/shop/_build/results?buildId=${options.build}`,
      tools: { fluxgate: "0.1.0", helm: "4.2.3" },
      images,
      inputsDigest: "",
    },
  };
  write(`dev/${indexPath(delivery)}`, ownershipIndexText(index));
  const environment = {
    name: "dev",
    path: "dev",
    autoComplete,
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
