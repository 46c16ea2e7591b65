import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { fileAddress, repositoryAddress, shortBranch } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { Sha } from "../../components/sha.tsx";
import { openPage } from "../../navigation.ts";
import { call } from "../../rest.ts";
import type { Ref } from "../../rest-types.ts";
import { refusalOf } from "../../rights.ts";
import { useBranches } from "../../use-branches.ts";
import type { RepositoryPageProps } from "../page-props.ts";

const zeros = "0".repeat(40);

export function BranchesPage(props: RepositoryPageProps) {
  const { project, base, repository, repositories, rights } = props;
  const main = repositories.find(({ name }) => name === repository)?.defaultBranch;
  const live = useBranches(project, repository);
  const [error, setError] = React.useState<string>();
  const contribute = refusalOf(rights, "contribute");
  const open = refusalOf(rights, "pullRequests");
  const create = (source: string) => {
    const query = new URLSearchParams({
      sourceRef: source,
      targetRef: shortBranch(main ?? "main"),
    });
    openPage(`${repositoryAddress(base, repository)}/pullrequestcreate?${query.toString()}`);
  };
  const remove = ({ name, objectId }: Ref) => {
    setError(undefined);
    removeBranch(`${project}/_apis/git/repositories/${encodeURIComponent(repository)}/refs`, {
      name,
      oldObjectId: objectId,
      newObjectId: zeros,
    }).then(live.refresh, (failure: Error) => setError(failure.message));
  };
  return (
    <>
      <PageHead title="Branches" area={`${repository} - Repos`}>
        <Refusals reasons={[contribute, open]} />
      </PageHead>
      {error !== undefined && (
        <MessageCard severity={MessageCardSeverity.Error} role="alert" className="portal-message">
          {error}
        </MessageCard>
      )}
      <Card flush={true}>
        <Loaded live={live}>
          {(refs) => (
            <Rows
              label="Branches"
              rows={refs}
              keyOf={({ name }) => name}
              empty="No branch yet."
              columns={[
                {
                  name: "Branch",
                  cell: ({ name }) => {
                    const branch = shortBranch(name);
                    return (
                      <>
                        <a href={fileAddress(base, repository, { path: "/", branch })}>{branch}</a>
                        {name === main && <span className="portal-tag">default</span>}
                      </>
                    );
                  },
                },
                {
                  name: "Commit",
                  cell: ({ objectId }) => <Sha {...{ base, repository }} commit={objectId} />,
                },
                { name: "Pushed by", cell: ({ creator }) => creator?.displayName ?? "" },
                {
                  name: "Actions",
                  width: "300px",
                  cell: (ref) =>
                    ref.name !== main && (
                      <span className="portal-links">
                        <ActionButton
                          subtle={true}
                          text="Create pull request"
                          ariaLabel={`Create pull request from ${shortBranch(ref.name)}`}
                          refusal={open}
                          onClick={() => create(shortBranch(ref.name))}
                        />
                        <RemoveButton
                          name={shortBranch(ref.name)}
                          refusal={contribute}
                          onRemove={() => remove(ref)}
                        />
                      </span>
                    ),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </>
  );
}

// Asks once more in its own place.
function RemoveButton(props: {
  readonly name: string;
  readonly refusal: string | undefined;
  readonly onRemove: () => void;
}) {
  const [asked, setAsked] = React.useState(false);
  return asked ? (
    <Button danger={true} autoFocus={true} text="Really delete" onClick={props.onRemove} />
  ) : (
    <ActionButton
      subtle={true}
      text="Delete"
      ariaLabel={`Delete ${props.name}`}
      refusal={props.refusal}
      onClick={() => setAsked(true)}
    />
  );
}

// A refusal stands in the item; the call itself answers 200.
async function removeBranch(url: string, update: object): Promise<void> {
  const { value } = await call<{
    readonly value: readonly { readonly success: boolean; readonly customMessage?: string }[];
  }>(`${url}?api-version=7.1`, { method: "POST", body: [update] });
  const [result] = value;
  if (result?.success === false) throw new Error(result.customMessage ?? "It was refused.");
}
