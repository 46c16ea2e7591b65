import { createHash } from "node:crypto";
import { indexPath, ownershipIndexText } from "../../core/render/ownership-index.ts";

/** `dev` of the delivery `shop` as a run leaves it: one ConfigMap that holds the value. */
export function renderedConfig(value: string): Readonly<Record<string, string>> {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  key: ${value}\n`;
  const sha256 = createHash("sha256").update(text).digest("hex");
  const identity = { group: "", version: "v1", kind: "ConfigMap", namespace: "", name: "a" };
  const index = ownershipIndexText({
    ...{ apiVersion: "fluxgate.dev/v1", kind: "OwnershipIndex" },
    ...{ delivery: "shop", environment: "dev" },
    files: { "api/a.yaml": { sha256, app: "api", identity } },
    provenance: { tools: {}, images: {}, inputsDigest: "0".repeat(64) },
  });
  return { "dev/api/a.yaml": text, [`dev/${indexPath("shop")}`]: index };
}
