import type { AzureDevOps } from "../clients/azure-devops/connection.ts";
import { readConnectionData } from "../clients/azure-devops/identity.ts";
import type { ConnectionData } from "../core/azure-devops/types.ts";
import { insist } from "./insist.ts";
import { HttpError, TerminalError, causeText } from "../core/errors.ts";

// Who the service takes a caller without a valid token for, where projects are public.
const anonymous = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa";

/** Who the connector is. @throws TerminalError that says what to correct. */
export async function signIn(ado: AzureDevOps): Promise<ConnectionData> {
  const { organisationUrl } = ado;
  const refused = (cause?: unknown) =>
    new TerminalError(`Failed to sign in to ${organisationUrl}: the token was refused`, {
      code: "not-signed-in",
      hint: "Check that the token is of this organisation and has not expired.",
      cause,
    });
  let answer: ConnectionData;
  try {
    answer = await insist(() => readConnectionData(ado));
  } catch (cause) {
    if (cause instanceof TerminalError) throw cause;
    const { status, code } = cause instanceof HttpError ? cause : { status: 0, code: "" };
    if (code === "not-signed-in" || status === 403) throw refused(cause);
    if (status === 404) {
      throw new TerminalError(`Failed to find organisation ${organisationUrl}: there is none`, {
        code: "organisation-missing",
        hint: "Correct azureDevOps.organisationUrl in the configuration.",
        cause,
      });
    }
    throw new TerminalError(`Failed to sign in to ${organisationUrl}: ${causeText(cause)}`, {
      code: "organisation-unreachable",
      hint: "Check azureDevOps.organisationUrl in the configuration, the network and the proxy.",
      cause,
    });
  }
  if (answer.authenticatedUser.id === anonymous) throw refused();
  return answer;
}
