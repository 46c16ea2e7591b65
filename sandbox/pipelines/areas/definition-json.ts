import { repositoryWeb } from "../../azure-devops/areas/repository-json.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import type { Host } from "../../azure-devops/host.ts";
import type { Projects } from "../../azure-devops/repository.ts";
import type { Project } from "../../azure-devops/project.ts";
import type { Definition } from "../definition.ts";
import { queueOf } from "./queues.ts";

export function projectRef(organisation: Host, project: Project) {
  return {
    id: project.id,
    name: project.name,
    url: `${organisation.url}/_apis/projects/${project.id}`,
    state: "wellFormed",
    revision: 1,
    visibility: "private",
    lastUpdateTime: "2025-01-01T00:00:00Z",
  };
}

/** As it stands inside builds. */
export function definitionRef(organisation: Host, definition: Definition) {
  const { id, name, path, project, queueStatus, revision } = definition;
  return {
    ...{ drafts: [], id, name },
    url: `${organisation.url}/${project.id}/_apis/build/Definitions/${id}?revision=${revision}`,
    uri: `vstfs:///Build/Definition/${id}`,
    ...{ path, type: "build", queueStatus, revision },
    project: projectRef(organisation, project),
  };
}

/** As lists show it. */
export function definitionListJson(organisation: Host & Projects, definition: Definition) {
  const { id, project, authoredBy, queueId, changedDate } = definition;
  const root = `${organisation.url}/${project.id}`;
  const queue = queueOf(organisation, project, queueId);
  const queueUrl = `${organisation.url}/_apis/build/Queues/${queue.id}`;
  const ref = definitionRef(organisation, definition);
  return {
    _links: {
      self: { href: ref.url },
      web: { href: `${root}/_build/definition?definitionId=${id}` },
      editor: { href: `${root}/_build/designer?id=${id}&_a=edit-build-definition` },
      badge: { href: `${root}/_apis/build/status/${id}` },
    },
    quality: "definition",
    authoredBy: identityRef(authoredBy, organisation.url),
    queue: { _links: { self: { href: queueUrl } }, ...queue, url: queueUrl },
    ...ref,
    createdDate: changedDate,
  };
}

/** The whole of it. */
export function definitionJson(organisation: Host & Projects, definition: Definition) {
  const { repository, description, variables, triggers, tags, yamlPath } = definition;
  return {
    triggers,
    ...(variables.size === 0 ? {} : { variables: variablesJson(variables) }),
    properties: {},
    tags: [...tags],
    ...(description === undefined ? {} : { description }),
    ...(definition.comment === undefined ? {} : { comment: definition.comment }),
    jobAuthorizationScope: "projectCollection",
    process: { yamlFilename: yamlPath, type: 2 },
    repository: {
      ...(definition.repositoryProperties ? { properties: definition.repositoryProperties } : {}),
      id: repository.id,
      type: "TfsGit",
      name: repository.name,
      url: repositoryWeb(organisation, repository),
      defaultBranch: definition.defaultBranch,
      clean: null,
      checkoutSubmodules: false,
    },
    ...definitionListJson(organisation, definition),
  };
}

// Values of secret variables are never answered.
function variablesJson(variables: Definition["variables"]) {
  return Object.fromEntries(
    [...variables].map(([name, { value, isSecret, allowOverride }]) => [
      name,
      {
        value: isSecret ? null : value,
        ...(allowOverride ? { allowOverride } : {}),
        ...(isSecret ? { isSecret } : {}),
      },
    ]),
  );
}
