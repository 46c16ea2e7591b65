import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Loaded } from "../../components/loaded.tsx";
import { useLive } from "../../use-live.ts";
import { advanceClock, loadClock } from "./fault-switches.ts";

const steps = [
  [1, "1 hour"],
  [24, "1 day"],
  [72, "3 days"],
] as const;

/** Puts the sandbox's clock forward, so that nobody waits for a time-out. */
export function ClockCard(props: { readonly act: (work: () => Promise<unknown>) => void }) {
  const live = useLive(loadClock, { key: "clock", everyMs: 1000 });
  return (
    <>
      <p>
        Time-outs of jobs and approvals wait on this clock. Flux and the connector keep the
        machine's own time.
      </p>
      <Loaded live={live}>{({ now }) => <p>It is {new Date(now).toUTCString()}.</p>}</Loaded>
      <div className="portal-fault-fields">
        {steps.map(([hours, text]) => (
          <Button
            key={hours}
            text={`Put forward by ${text}`}
            onClick={() =>
              props.act(async () => {
                await advanceClock(hours);
                live.refresh();
              })
            }
          />
        ))}
      </div>
    </>
  );
}
