// Service connections of the kind *Generic*: an address, and perhaps credentials, which the service
// never answers.
import { type AzureDevOps, call, list, oddAnswer } from "./connection.ts";
import { writeOnce } from "./write-once.ts";

export type ServiceConnection = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
};

const path = ["serviceendpoint", "endpoints"];

type InProject = { readonly project: { readonly id: string; readonly name: string } };

/** Those that the caller may see. */
export async function listGenericConnections(
  ado: AzureDevOps,
  { project }: InProject,
): Promise<readonly ServiceConnection[]> {
  const all = await list<ServiceConnection>(ado, { project: project.id, path });
  return all.filter(({ type }) => type.toLowerCase() === "generic");
}

/**
 * One without credentials. Needs the role *Creator* or *Administrator* of the project's service
 * connections.
 */
export async function createGenericConnection(
  ado: AzureDevOps,
  of: InProject & { readonly name: string; readonly url: string; readonly description: string },
): Promise<ServiceConnection> {
  const { project, name, url, description } = of;
  const json = {
    ...{ name, url, description, type: "generic", isShared: false, isReady: true, data: {} },
    authorization: { scheme: "UsernamePassword", parameters: { username: "", password: "" } },
    serviceEndpointProjectReferences: [{ projectReference: project, name, description }],
  };
  return writeOnce({
    send: async () => {
      const answer = await call(ado, { path, method: "POST", json });
      const made = answer.json<Partial<ServiceConnection> | null>();
      if (typeof made?.id !== "string") throw oddAnswer("it is no service connection");
      return { id: made.id, name, type: "generic", url: made.url ?? url };
    },
    look: async () =>
      (await listGenericConnections(ado, { project })).find((one) => one.name === name),
  });
}
