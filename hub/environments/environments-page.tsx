import * as React from "react";
import { Spinner } from "azure-devops-ui/Spinner";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { reportLoaded } from "../data/host.ts";
import { type EnvironmentsFacts, loadEnvironments } from "../data/load-environments.ts";
import { createMemory } from "../data/memory.ts";
import { useLive, useNow } from "../data/use-live.ts";
import { agoText } from "../view/ago.ts";
import { environmentView } from "../view/environment-view.ts";
import { matrixView } from "../view/matrix-view.ts";
import { Environment } from "./environment.tsx";
import { Matrix } from "./matrix.tsx";
import { useOpenEnvironment } from "./use-place.ts";

const everyMs = 15_000;

/** What runs where, how healthy it is, and how old that knowledge is. */
export function EnvironmentsPage() {
  const { ado, project, extension } = useHost();
  const memory = React.useRef(createMemory());
  const facts = useLive(
    () => loadEnvironments(ado, { project: project.id, extension }, memory.current),
    {
      key: project.id,
      everyMs,
    },
  );
  const something = facts.value !== undefined || facts.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  return (
    <div className="fg-page fg-wide">
      {facts.error !== undefined && <Failure error={facts.error} retry={facts.refresh} />}
      {facts.value === undefined && facts.error === undefined && <Spinner label="Loading" />}
      {facts.value !== undefined && <Loaded facts={facts.value} at={facts.at ?? 0} />}
    </div>
  );
}

function Loaded({ facts, at }: { readonly facts: EnvironmentsFacts; readonly at: number }) {
  const { ado, extension } = useHost();
  const now = useNow();
  const { environment, open } = useOpenEnvironment();
  const place = { organisationUrl: ado.organisationUrl, extension, now };
  const problems = facts.problems.map((problem, index) => <Failure key={index} error={problem} />);
  if (environment !== undefined && environment !== "") {
    return (
      <>
        {problems}
        <Environment
          name={environment}
          view={environmentView(facts, environment, place)}
          onBack={() => open(undefined)}
        />
      </>
    );
  }
  const view = matrixView(facts, place);
  return (
    <>
      <h1>Environments</h1>
      <p className="fg-secondary" role="status">
        {view.attention === 0 ? "" : `${view.attention} need attention. `}
        Read {agoText(at, now)}.
      </p>
      {problems}
      {view.columns.length === 0 ? <Nothing /> : <Matrix view={view} onOpen={open} />}
    </>
  );
}

function Nothing() {
  return (
    <div className="fg-nothing">
      <h2>No environment yet</h2>
      <p>
        A manifests repository appears here once a run has opened its first pull request with the
        task OpenManifestsPR, or once a connector reports on it.
      </p>
    </div>
  );
}
