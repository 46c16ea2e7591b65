import type { Command } from "../command.ts";

export const doctorCommand: Command = {
  summary: "Check organisation, rights, clusters and Flux, and say what to grant where",
  help: `fluxgate doctor --config FILE [--write] [--bundle FILE]
fluxgate doctor --organisation URL [--project P --repository R] [--kubeconfig FILE]

Checks each thing by using it. A finding is ok, wrong (it was read, and does not fit), refused,
absent, unreadable, or not checked with the reason; small letters: it limits what works, no more.
The token stands in the environment variable FLUXGATE_TOKEN.

  --config FILE         all that this configuration of the connector names, as its identity
  --organisation URL    https://dev.azure.com/<organisation>
  --project NAME        project of the manifests repository
  --repository NAME     the manifests repository
  --branch NAME         the branch that Flux follows; default main
  --extension P.ID      the published copy, where it is not fluxgate.fluxgate
  --bearer              the token is of Entra ID or a job, not a personal access token
  --write               also check writing. With --config: posts a status fluxgate-doctor/probe on
                        the branch's last commit, and a document. Without: pushes a branch, posts a
                        status, opens a pull request, then abandons and deletes them
  --wait BUILD          also check what the connector does with a run that is paused right now
  --kubeconfig FILE     a cluster to check, instead of those of the configuration
  --flux-namespace NAME where Flux runs; default flux-system
  --as USER             whose rights in the clusters are asked for, where they are not the
                        kubeconfig's: system:serviceaccount:fluxgate:fluxgate-connector
  --bundle FILE         also write all findings, the configuration and Flux' states to one file for
                        whoever helps: without tokens, passwords and manifests

Exit code 1: something is wrong, refused, absent or unreadable; 3: something could not be checked.`,
  // What reaches clusters is large, and no other command needs it.
  run: async (args, terminal) => (await import("./doctor.ts")).doctor(args, terminal),
};
