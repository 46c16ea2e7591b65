import * as React from "react";
import { ContentSize } from "azure-devops-ui/Callout";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { Panel } from "azure-devops-ui/Panel";
import { Spinner } from "azure-devops-ui/Spinner";
import { runAddress, shortBranch } from "../../addresses.ts";
import { BranchPicker } from "../../components/branch-picker.tsx";
import { openPage } from "../../navigation.ts";
import { call } from "../../rest.ts";
import type { Definition } from "../../rest-types.ts";
import { namesOf, useBranches } from "../../use-branches.ts";
import { ParameterField } from "./parameter-field.tsx";
import { loadParameters, type PipelineParameter } from "./pipeline-parameters.ts";

type RunPanelProps = {
  readonly project: string;
  readonly base: string;
  readonly definitionId: number;
  readonly onClose: () => void;
};

/** Asks for branch and parameters and runs the pipeline. */
export function RunPanel({ definitionId, ...props }: RunPanelProps) {
  const { project, onClose } = props;
  const [definition, setDefinition] = React.useState<Definition | string>();
  React.useEffect(() => {
    let open = true;
    call<Definition>(`${project}/_apis/build/definitions/${definitionId}`).then(
      (loaded) => open && setDefinition(loaded),
      (error: Error) => open && setDefinition(error.message),
    );
    return () => {
      open = false;
    };
  }, [project, definitionId]);
  if (typeof definition === "object") return <RunForm {...props} definition={definition} />;
  return (
    <Panel titleProps={{ text: "Run pipeline" }} onDismiss={onClose} size={ContentSize.Medium}>
      {definition === undefined ? <Spinner label="Loading" /> : <p role="alert">{definition}</p>}
    </Panel>
  );
}

function RunForm(props: Omit<RunPanelProps, "definitionId"> & { readonly definition: Definition }) {
  const { project, base, definition, onClose } = props;
  const { id, name, repository } = definition;
  const branches = useBranches(project, repository?.id ?? "");
  const [branch, setBranch] = React.useState(
    shortBranch(repository?.defaultBranch ?? "refs/heads/main"),
  );
  const parameters = useParameters({ project, definition, branch });
  const [values, setValues] = React.useState<Readonly<Record<string, string>>>({});
  const [state, setState] = React.useState<"ready" | "busy" | { readonly refused: string }>(
    "ready",
  );
  const run = () => {
    setState("busy");
    const templateParameters = Object.fromEntries(
      (parameters ?? []).map((one) => [one.name, values[one.name] ?? one.initial]),
    );
    call<{ readonly id: number }>(`${project}/_apis/pipelines/${id}/runs?api-version=7.1`, {
      method: "POST",
      body: {
        resources: { repositories: { self: { refName: `refs/heads/${branch}` } } },
        templateParameters,
      },
    }).then(
      (made) => openPage(runAddress(base, made.id)),
      (error: Error) => setState({ refused: error.message }),
    );
  };
  return (
    <Panel
      titleProps={{ text: "Run pipeline" }}
      description={name}
      onDismiss={onClose}
      size={ContentSize.Medium}
      footerButtonProps={[
        { text: "Cancel", onClick: onClose },
        {
          text: "Run",
          primary: true,
          disabled: parameters === undefined || state === "busy",
          onClick: run,
        },
      ]}
    >
      <div className="portal-form portal-panel-form">
        {typeof state === "object" && (
          <MessageCard severity={MessageCardSeverity.Error} role="alert">
            {state.refused}
          </MessageCard>
        )}
        <BranchPicker
          label="Branch"
          branches={namesOf(branches.value, repository?.defaultBranch)}
          value={branch}
          onChange={setBranch}
        />
        {parameters?.map((one) => (
          <ParameterField
            key={one.name}
            parameter={one}
            value={values[one.name] ?? one.initial}
            onChange={(value) => setValues({ ...values, [one.name]: value })}
          />
        ))}
      </div>
    </Panel>
  );
}

function useParameters(at: {
  readonly project: string;
  readonly definition: Definition;
  readonly branch: string;
}): readonly PipelineParameter[] | undefined {
  const [parameters, setParameters] = React.useState<readonly PipelineParameter[]>();
  React.useEffect(() => {
    let open = true;
    setParameters(undefined);
    loadParameters(at)
      .catch(() => [])
      .then((loaded) => open && setParameters(loaded))
      .catch(() => undefined);
    return () => {
      open = false;
    };
  }, [at.project, at.definition.id, at.branch]);
  return parameters;
}
