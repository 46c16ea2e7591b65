import type { Changes } from "./use-changes.ts";
import type { RenderedSide } from "./load-origins.ts";
import { type Live, useLive } from "./use-live.ts";

/** Files of the delivery that somebody changed after the render; undefined until that is known. */
export function useEdited(
  shown: Changes | undefined,
  rendered: RenderedSide | undefined,
): Live<readonly string[] | undefined> {
  const key = JSON.stringify([shown?.id, rendered?.folder, rendered !== undefined]);
  return useLive(
    async () => {
      if (shown === undefined || rendered === undefined) return undefined;
      const { folder, index } = rendered;
      const files = Object.entries(index.files).map(
        ([path, { sha256 }]) => [path, sha256] as const,
      );
      const asked = { id: shown.id, folder, recorded: Object.fromEntries(files) };
      return shown.comparer.ask("edited", asked);
    },
    { key },
  );
}
