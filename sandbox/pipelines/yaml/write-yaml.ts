import { stringify } from "yaml";
import { toData, type Node } from "./node.ts";

/** The expanded pipeline as text, as the service's preview answers it. */
export function writeYaml(root: Node): string {
  return stringify(toData(root), { lineWidth: 0 });
}
