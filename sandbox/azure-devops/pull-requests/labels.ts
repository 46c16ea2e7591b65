import { guidOf } from "../guid.ts";
import type { Project } from "../project.ts";
import type { Label } from "./pull-request.ts";

/** Labels belong to the project: the same name is the same label in every pull request. */
export function labelNamed(project: Project, name: string): Label {
  return { id: guidOf(project.id, "label", name.toLowerCase()), name };
}
