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
    this.eventId = typeKey === "InvalidArgumentValueException" ? 0 : 3000;
  }
}

export function errorBody(error: ApiError): Record<string, unknown> {
  return {
    $id: "1",
    innerException: null,
    message: error.message,
    typeName: `Microsoft.TeamFoundation.${error.typeKey}, Microsoft.TeamFoundation`,
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
  permission: (right: string, identity: { readonly uniqueName: string }) =>
    new ApiError(
      403,
      "GitNeedsPermissionException",
      `TF401027: You need the Git '${right}' permission to perform this action. Details: identity '${identity.uniqueName}', scope 'repository'.`,
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
  pullRequest: (id: number) =>
    new ApiError(
      404,
      "GitPullRequestNotFoundException",
      `TF401180: The requested pull request was not found: ${id}.`,
    ),
};
