import { checkNames, type CheckName } from "../core/delivery/delivery.ts";

/** What "no problems" means where checks are off: nobody looked for those. */
export function checksMade(off: readonly CheckName[]): string {
  const left = new Set(off);
  if (left.size === 0) return "no problems";
  if (left.size === checkNames.length) return "none of them checked: every check is off";
  return `no problems (not checked: ${[...left].join(", ")})`;
}
