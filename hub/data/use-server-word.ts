import type { SeenServer } from "./beside/questions.ts";
import type { Changes } from "./use-changes.ts";
import { type Live, useLive } from "./use-live.ts";

/** What the API server would refuse of what is on the screen, asked once it is there. */
export function useServerWord(shown: Changes | undefined): Live<SeenServer | undefined> {
  return useLive(
    async () => (shown === undefined ? undefined : shown.comparer.ask("server", { id: shown.id })),
    { key: JSON.stringify([shown?.id]) },
  );
}
