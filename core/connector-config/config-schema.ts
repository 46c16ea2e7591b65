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
const guid = {
  type: "string",
  pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
  description: "It is an id, like 6a6b8f5e-0a51-4f0c-9a53-7d3f0c7c1a04.",
};
const definitionId = { type: "integer", minimum: 1 };
const pipeline = {
  anyOf: [
    definitionId,
    text,
    {
      type: "object",
      additionalProperties: false,
      properties: { project: text, id: definitionId, name: text, folder: text },
      required: ["project"],
    },
  ],
};

const namespace = {
  type: "string",
  pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
  description: "Namespaces have small letters, digits and hyphens inside.",
};
const namespacedName = {
  type: "string",
  pattern: "^[^/]+/[^/]+$",
  description: "It looks like flux-system/prod-west: namespace and name.",
};

function object(properties: object, required: readonly string[] = []) {
  return { type: "object", additionalProperties: false, properties, required };
}

const timeOfDay = {
  type: "string",
  pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$",
  description: "Times of day look like 07:00.",
};
const schedule = object(
  {
    days: {
      type: "array",
      minItems: 1,
      items: { enum: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] },
    },
    from: timeOfDay,
    to: timeOfDay,
    timeZone: text,
  },
  ["from", "to"],
);
const environmentCluster = object(
  {
    ...{ name: text, active: { type: "boolean" }, paths: { type: "array", items: folder } },
    state: { enum: ["joining", "active", "draining", "retired"] },
    schedule,
  },
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
        formerIdentities: { type: "array", items: guid },
        tokenExpires: {
          type: "string",
          pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
          description: "Days look like 2027-01-31.",
        },
        extension: object({ publisher: text, name: text }, ["publisher", "name"]),
      },
      ["organisationUrl"],
    ),
    listen: object({ host: text, port: { type: "integer", minimum: 0, maximum: 65535 } }),
    repositories: {
      type: "array",
      minItems: 1,
      items: object(
        {
          ...{ name, project: text, repository: text, branch: text },
          otherEnvironments: { type: "array", items: name },
          pipelines: {
            type: "array",
            items: object(
              {
                project: text,
                definitions: { type: "array", minItems: 1, items: definitionId },
              },
              ["project"],
            ),
          },
        },
        ["name", "project", "repository"],
      ),
    },
    clusters: {
      type: "array",
      minItems: 1,
      items: object(
        {
          ...{ name, kubeconfig: text, observer: guid },
          namespaces: { type: "array", minItems: 1, items: namespace },
          kubeConfigs: { type: "array", items: namespacedName },
        },
        ["name"],
      ),
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
          decider: guid,
          definitions: { type: "array", minItems: 1, items: pipeline },
          scope: { enum: ["delivery", "environment"] },
          healthUnknownSucceeds: { type: "boolean" },
          statuses: { enum: ["all", "summary"] },
          fourEyes: { type: "boolean" },
          retain: {
            anyOf: [{ type: "boolean" }, { type: "integer", minimum: 1, maximum: 36_500 }],
          },
          grace: duration,
          snapshot: object({
            messages: { type: "boolean" },
            events: { type: "boolean" },
            logLines: { type: "integer", minimum: 0, maximum: 50 },
          }),
        },
        ["name", "repository", "clusters"],
      ),
    },
    letterAuthors: {
      type: "array",
      items: object(
        {
          id: guid,
          project: text,
          definitions: { type: "array", minItems: 1, items: pipeline },
          environments: { type: "array", minItems: 1, items: name },
        },
        ["id", "project"],
      ),
    },
    waitTaskIds: { type: "array", items: guid },
    people: {
      type: "array",
      items: object(
        {
          name: text,
          bot: { type: "boolean" },
          accounts: { type: "array", minItems: 1, items: text },
        },
        ["name", "accounts"],
      ),
    },
    superseded: { enum: ["cancel", "fail"] },
    nudge: { type: "boolean" },
    leaderElection: object({ lease: namespacedName, cluster: text, duration }, ["lease"]),
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
