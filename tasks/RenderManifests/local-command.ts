import { relative } from "node:path";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { commandLine } from "../../rendering/processes/command-line.ts";
import type { Inputs } from "./inputs.ts";

/** The command that renders and checks the same on a person's machine; secrets are left out. */
export function localCommand(inputs: Inputs, delivery: Delivery, checkout: string): string {
  const { environments, imagesFile, configurationFolder } = inputs;
  const path = (absolute: string) => relative(checkout, absolute) || ".";
  const chosen = delivery.environments.filter(
    ({ name }) => environments.length === 0 || environments.includes(name),
  );
  const names = chosen.flatMap(({ config }) => config.variables.map(({ from }) => from));
  const assignments = [...new Set(names)].flatMap((name) => {
    const given = inputs.variable(name);
    return given && !given.secret ? ["--set", `${name}=${given.value}`] : [];
  });
  return commandLine("fluxgate", [
    "validate",
    ...["--delivery", path(inputs.deliveryFile)],
    ...environments.flatMap((name) => ["--environment", name]),
    ...(imagesFile === undefined ? [] : ["--images", path(imagesFile)]),
    ...(configurationFolder === undefined ? [] : ["--configuration", path(configurationFolder)]),
    ...assignments,
  ]);
}
