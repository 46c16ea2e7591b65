import { loadMissingRights } from "../data/load-rights.ts";
import { useLive } from "../data/use-live.ts";
import { useHost } from "./host-context.tsx";
import type { Repository } from "../../core/azure-devops/types.ts";

/** Why the viewer cannot open a pull request there, said before the click; empty where he can. */
export function useMayPropose({ id, name, project }: Repository): string {
  const { ado } = useHost();
  const of = { project: project.id, repository: id };
  const missing = useLive(() => loadMissingRights(ado, of), { key: JSON.stringify(of) });
  const { value = [] } = missing;
  return value.length === 0
    ? ""
    : `You may not propose it: you lack ${value.join(", ")} on ${name}.`;
}
