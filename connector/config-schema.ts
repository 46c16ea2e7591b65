// The JSON Schema of the connector's configuration file.
const text = { type: "string", minLength: 1 };
// A pattern's description is what a person reads when it does not match.
const name = {
  type: "string",
  pattern: "^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$",
  description: "Names have small letters, digits and hyphens inside, at most 50 characters.",
};
const duration = {
  type: "string",
  pattern: "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$",
  description: "Durations look like 30s, 2m or 1h30m.",
};
const folder = {
  type: "string",
  pattern: "^(?!.*(^|/)\\.\\.(/|$))[^\\\\]*$",
  description: "It is a folder inside the repository, with / between its parts.",
};
const fluxObject = {
  type: "string",
  pattern: "^(Kustomization|HelmRelease)/[^/]+/[^/]+$",
  description: "Flux objects look like Kustomization/flux-system/shop-dev.",
};

function object(properties: object, required: readonly string[] = []) {
  return { type: "object", additionalProperties: false, properties, required };
}

const environmentCluster = object(
  { name: text, active: { type: "boolean" }, paths: { type: "array", items: folder } },
  ["name"],
);

export const configSchema = object(
  {
    apiVersion: { const: "fluxgate.dev/v1" },
    kind: { const: "ConnectorConfig" },
    mode: { enum: ["observe", "statuses", "full"] },
    azureDevOps: object(
      {
        organisationUrl: {
          type: "string",
          pattern: "^https?://[^/]+(/.+|\\.visualstudio\\.com/?)$",
          description: "It looks like https://dev.azure.com/fabrikam.",
        },
        authentication: { enum: ["pat", "bearer", "workload-identity"] },
        collectionBuildIdentity: text,
        extension: object({ publisher: text, name: text }, ["publisher", "name"]),
      },
      ["organisationUrl"],
    ),
    listen: object({ host: text, port: { type: "integer", minimum: 0, maximum: 65535 } }),
    repositories: {
      type: "array",
      minItems: 1,
      items: object({ name, project: text, repository: text, branch: text }, [
        "name",
        "project",
        "repository",
      ]),
    },
    clusters: {
      type: "array",
      minItems: 1,
      items: object({ name, kubeconfig: text }, ["name"]),
    },
    environments: {
      type: "array",
      minItems: 1,
      items: object(
        {
          name,
          repository: text,
          path: folder,
          clusters: { type: "array", minItems: 1, items: environmentCluster },
          objects: { type: "array", items: fluxObject },
          definitions: { type: "array", minItems: 1, items: { type: "integer", minimum: 1 } },
          scope: { enum: ["delivery", "environment"] },
          healthUnknownSucceeds: { type: "boolean" },
        },
        ["name", "repository", "clusters"],
      ),
    },
    nudge: { type: "boolean" },
    timings: object({
      letters: duration,
      discovery: duration,
      resync: duration,
      grace: duration,
      look: duration,
    }),
  },
  ["apiVersion", "kind", "azureDevOps", "repositories", "clusters", "environments"],
);
