// Refusals in the service's own form: {$id, innerException, message, typeName, typeKey, …}.

/** An answer that refuses; thrown by routes, written by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly typeKey: string;
  readonly eventId: number;

  constructor(status: number, typeKey: string, message: string) {
    super(message);
    this.status = status;
    this.typeKey = typeKey;
    this.eventId = typeKey.startsWith("InvalidArgumentValue") ? 0 : 3000;
  }
}

// Where the service keeps its exceptions, as recorded answers and public issues show them.
const namespaces: readonly (readonly [RegExp, string])[] = [
  [/^Git/, "Microsoft.TeamFoundation.Git.Server"],
  [/^InvalidArgumentValue/, "Microsoft.TeamFoundation.SourceControl.WebServer"],
  [/^(Project|Team)/, "Microsoft.TeamFoundation.Core.WebApi"],
  [/^Policy/, "Microsoft.TeamFoundation.Policy.WebApi"],
  [/^VssServiceException$/, "Microsoft.VisualStudio.Services.Common"],
  [/^Vss/, "Microsoft.VisualStudio.Services.WebApi"],
  [/Document/, "Microsoft.VisualStudio.Services.ExtensionManagement.WebApi"],
  [/^ServiceEndpoint/, "Microsoft.VisualStudio.Services.ServiceEndpoints.WebApi"],
];

export function errorBody(error: ApiError): Record<string, unknown> {
  const namespace =
    namespaces.find(([pattern]) => pattern.test(error.typeKey))?.[1] ?? "Microsoft.TeamFoundation";
  return {
    $id: "1",
    innerException: null,
    message: error.message,
    typeName: `${namespace}.${error.typeKey}, ${namespace}`,
    typeKey: error.typeKey,
    errorCode: 0,
    eventId: error.eventId,
  };
}
export const refusals = {
  project: (name: string) =>
    new ApiError(
      404,
      "ProjectDoesNotExistWithNameException",
      `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
    ),
  repository: (name: string) =>
    new ApiError(
      404,
      "GitRepositoryNotFoundException",
      `TF401019: The Git repository with name or identifier ${name} does not exist or you do not have permissions for the operation you are attempting.`,
    ),
  ref: (name: string) =>
    new ApiError(
      404,
      "GitRefNotFoundException",
      `The reference ${name} was not found in the repository.`,
    ),
  object: (id: string, status: 404 | 500) =>
    new ApiError(
      status,
      "GitObjectDoesNotExistException",
      `TF401035: The object '${id}' does not exist.`,
    ),
  argument: (message: string) => new ApiError(400, "InvalidArgumentValueException", message),
  commit: (version: string) =>
    new ApiError(
      404,
      "GitUnresolvableToCommitException",
      `TF401175: The version descriptor <${version}> could not be resolved to a version in the repository.`,
    ),
  item: (path: string, version: string) =>
    new ApiError(
      404,
      "GitItemNotFoundException",
      `TF401174: The item ${path} could not be found in the repository at the version specified by <${version}>.`,
    ),
  pullRequest: (id: string) =>
    new ApiError(
      404,
      "GitPullRequestNotFoundException",
      `TF401180: The requested pull request was not found: ${id}.`,
    ),
};
