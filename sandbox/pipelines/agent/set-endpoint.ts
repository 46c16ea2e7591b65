import type { StepContext } from "../engine/job-context.ts";
import { addSecret } from "../engine/secrets.ts";
import type { Command } from "./parse-command.ts";

const fields: Readonly<Record<string, string>> = {
  ...{ authparameter: "AUTH_PARAMETER", dataparameter: "DATA", url: "URL" },
};

/** `task.setendpoint`: a field of a service connection, for the steps that follow. @throws */
export function setEndpoint(context: StepContext, { properties, data }: Command): void {
  const missing = (name: string) =>
    new Error(`Required field '${name}' is missing in ##vso[task.setendpoint] command.`);
  const { id, field, key } = properties;
  if (data === "") throw new Error("Enter a valid value for setendpoint.");
  if (!field) throw missing("field");
  const wanted = field.toLowerCase();
  if (wanted === "authparameter") addSecret(context.run, data);
  if (!id) throw missing("id");
  const isUrl = wanted === "url";
  if (isUrl && !URL.canParse(data)) throw new Error("Invalid endpoint Url.");
  if (!isUrl && !key) throw missing("key");
  const name = Object.hasOwn(fields, wanted) ? fields[wanted] : undefined;
  if (!name) {
    throw new Error(
      "Invalid endpoint field. Valid values are url, dataParameter and authParameter",
    );
  }
  const suffix = isUrl ? "" : `_${(key ?? "").toUpperCase()}`;
  context.endpointFields.set(`ENDPOINT_${name}_${id}${suffix}`, data);
}
