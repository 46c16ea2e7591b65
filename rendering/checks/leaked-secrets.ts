import type { Problem } from "../../core/errors.ts";
import { identityKey } from "../../core/manifests/identity.ts";
import { secretValuesIn } from "../../core/render/secret-values.ts";
import type { SecretValue } from "../../core/render/secret-values.ts";
import type { FinishedEnvironment } from "../finish-environment.ts";

/** Rendered texts that hold the value of a secret variable; a variable may expand another one. */
export function leakedSecrets(
  { environment, files, highLevel }: FinishedEnvironment,
  secrets: readonly SecretValue[] = [],
): readonly Problem[] {
  if (secrets.length === 0) return [];
  const texts = [
    ...files.map(({ identity, path, text }) => ({
      what: identity ? `${identityKey(identity)} (${path})` : path,
      text,
    })),
    ...highLevel.flatMap(({ app, texts: parts }) =>
      parts.map(({ text }) => ({ what: `the high-level result of app ${app}`, text })),
    ),
  ];
  return texts.flatMap(({ what, text }) =>
    secretValuesIn(text, secrets).map((name) => ({
      message: `environment ${environment.name}: ${what} holds the value of secret variable ${name}, which would be written to git in plain text: let the cluster read it from a secret store`,
    })),
  );
}
