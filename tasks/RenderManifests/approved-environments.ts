import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import type { ReadArtefact } from "../../rendering/artefact/read-artefact.ts";

/**
 * What to warn of where environments are rendered from CI's artefact: those that CI did not validate.
 * @throws InputError for those that fluxgate.yaml did not have yet, or no longer has.
 */
export function judgeEnvironments(
  { artefact: { source, validated } }: Pick<ReadArtefact, "artefact">,
  { delivery, wanted }: { readonly delivery: Delivery; readonly wanted: readonly string[] },
): readonly string[] {
  const known = delivery.environments.map(({ name }) => name);
  const absent = wanted.filter((name) => !known.includes(name));
  if (absent.length > 0) {
    throw new InputError(
      absent.map((name) => ({
        message: `delivery ${delivery.name} has no environment "${name}" in the fluxgate.yaml of ${source.commit}, which CI approved: it has ${known.join(", ")}`,
      })),
      {
        code: "unknown-environment",
        hint: "Let CI approve a commit whose fluxgate.yaml has it, and deploy that run.",
      },
    );
  }
  const rendered = wanted.length > 0 ? wanted : known;
  return rendered
    .filter((name) => validated !== undefined && !validated.includes(name))
    .map(
      (name) =>
        `${name}: CI validated ${validated?.join(", ")} of ${source.commit} and not this environment; name it under \`environments\` of ci.yml`,
    );
}
