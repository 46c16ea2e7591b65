import * as React from "react";
import { serverGap } from "../../core/diff/server/server-word.ts";
import type { SeenServer } from "./beside/questions.ts";
import type { Changes } from "./use-changes.ts";
import { type Live, useLive } from "./use-live.ts";

/**
 * What the API server would refuse of what is on the screen, asked once it is there. Of what is over
 * nothing is asked; what was said before stays.
 */
export function useServerWord(
  shown: Changes | undefined,
  isOpen: boolean,
): Live<SeenServer | undefined> {
  const asked = React.useRef<string>();
  if (isOpen) asked.current = shown?.id;
  const subject = shown?.id === asked.current ? shown : undefined;
  return useLive(
    async () =>
      subject === undefined ? undefined : subject.comparer.ask("server", { id: subject.id }),
    { key: JSON.stringify([subject?.id]) },
  );
}

/** What a verdict has to say of it; undefined where all was judged. */
export function serverGapOf({ value }: Live<SeenServer | undefined>): string | undefined {
  return value === undefined ? serverGap({ kind: "unasked", why: "" }) : value.gap;
}
