import * as React from "react";
import { type Comparer, createComparer } from "../data/beside/comparer.ts";
import { takeWorker } from "../data/beside/make-worker.ts";
import { useHost } from "./host-context.tsx";

/**
 * A worker of one's own for what `key` names. Another key, or the end of what shows it, ends the
 * worker with all that it holds: nothing of an old comparison can come after a newer one.
 */
export function useComparer(key: string): Comparer {
  const { ado, token } = useHost();
  const comparer = React.useMemo(
    () =>
      createComparer({
        spawn: takeWorker,
        organisationUrl: ado.organisationUrl,
        token,
      }),
    [ado, token, key],
  );
  React.useEffect(() => () => comparer.close(), [comparer]);
  return comparer;
}
