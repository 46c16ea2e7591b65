import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useLive } from "../../use-live.ts";
import { ClockCard } from "./clock-card.tsx";
import { FaultCard } from "./fault-card.tsx";
import { FaultScope } from "./fault-scope.tsx";
import { clearFaults, faultRows, loadFaults, setFaults } from "./fault-switches.ts";

/** What goes wrong on purpose, switch by switch. */
export function FaultsPage() {
  const live = useLive(loadFaults, { key: "faults", everyMs: 1000 });
  const [error, setError] = React.useState<string>();
  const act = (work: () => Promise<unknown>) => {
    setError(undefined);
    work().then(live.refresh, (failure: Error) => setError(failure.message));
  };
  return (
    <>
      <PageHead
        title="Faults"
        area="Sandbox"
        below="What goes wrong on purpose, for everybody but this portal: its own calls are spared, the extension's pages, git, pipelines and the connector are not."
        actions={<Button text="Everything off" onClick={() => act(clearFaults)} />}
      />
      {error !== undefined && (
        <MessageCard severity={MessageCardSeverity.Error} role="alert" className="portal-message">
          {error}
        </MessageCard>
      )}
      <Loaded live={live}>
        {(faults) => (
          <div className="portal-faults">
            {faultRows.map((row) => (
              <FaultCard
                key={row.name}
                row={row}
                faults={faults}
                onApply={(changes) =>
                  act(async () => {
                    for (const change of changes) await setFaults(change);
                  })
                }
              />
            ))}
            <FaultScope faults={faults} onApply={(scope) => act(() => setFaults(scope))} />
            <Card title="Clock">
              <ClockCard act={act} />
            </Card>
          </div>
        )}
      </Loaded>
    </>
  );
}
