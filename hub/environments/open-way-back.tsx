import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure } from "../components/note.tsx";
import { TextField } from "../components/text-field.tsx";
import { useLinkFocus } from "../components/use-link-focus.ts";
import { useMayPropose } from "../components/use-may-propose.ts";
import { useOpening } from "../components/use-opening.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import { pullRequestUrl } from "../../core/azure-devops/urls.ts";
import { contributionId } from "../../core/extension.ts";
import type { Hold } from "../../core/rollback/hold.ts";

/** Why, whether it is held, and the pull request that takes it back: reviewed as any other. */
export function OpenWayBack(props: {
  readonly subject: string;
  /** The earlier commit. */
  readonly commit: string;
  readonly repository: Repository;
  /** @returns the number of the pull request */
  readonly open: (of: { readonly reason: string; readonly hold?: Hold }) => Promise<number>;
}) {
  const { subject, commit, repository } = props;
  const { ado, extension } = useHost();
  const [holds, setHolds] = React.useState(true);
  const [text, setText] = React.useState("");
  const reason = text.trim() || `${subject} was taken back to ${commit.slice(0, 8)}`;
  const { made, press } = useOpening(async () => {
    if (!holds) return props.open({ reason });
    const { authenticatedUser } = await readConnectionData(ado);
    const by = authenticatedUser.providerDisplayName;
    return props.open({ reason, hold: { reason, by, at: new Date().toISOString() } });
  });
  const link = useLinkFocus(made.state === "open");
  const cannot = useMayPropose(repository);
  const { name, project } = repository;
  const address = { organisationUrl: ado.organisationUrl, project: project.name, repository: name };
  if (made.state === "open") {
    const url = `${pullRequestUrl(address, made.id)}?_a=${contributionId(extension, "review")}`;
    return (
      <p role="status" ref={link}>
        <HostLink url={url}>
          !{made.id} takes {subject} back: review it
        </HostLink>
      </p>
    );
  }
  return (
    <>
      <TextField
        label="Why (its text and the hold say it)"
        isWide={true}
        value={text}
        longest={1000}
        placeholder={reason}
        onChange={setText}
      />
      <Checkbox
        label="Hold it: no run deploys another version until somebody deletes the hold"
        checked={holds}
        onChange={(_event, checked) => setHolds(checked)}
      />
      {made.state === "failed" && <Failure error={made.error} />}
      {cannot !== "" && <p className="fg-secondary">{cannot}</p>}
      <Button
        primary={true}
        disabled={cannot !== ""}
        text={
          made.state === "opening"
            ? "Opening the pull request …"
            : `Open the pull request that takes ${subject} back`
        }
        onClick={press}
      />
    </>
  );
}
