import type { KubernetesObject } from "./identity.ts";
import { toYaml } from "./kubernetes-yaml.ts";

/** Names of what stands as `${NAME}` in an object that was not built: any of them may be Flux's. */
export function openVariables(object: KubernetesObject): readonly string[] {
  const found = toYaml(object).matchAll(/\$\{([A-Za-z_]\w*)/g);
  return [...new Set([...found].map(([, name = ""]) => name))];
}
