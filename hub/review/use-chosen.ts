import * as React from "react";
import { useListPlace } from "../components/list-place.ts";
import type { ChangesView, ObjectView } from "../view/changes-view.ts";
import type { Target } from "./object-rows.tsx";

/** Up to so many objects are open from the start; of more only those with a high risk. */
const mostOpen = 8;

export type Chosen = {
  readonly open: ReadonlySet<string>;
  readonly setOpen: (open: ReadonlySet<string>) => void;
  /** Where to go. */
  readonly target: Target | undefined;
  /** Goes to an object. */
  readonly go: (key: string) => void;
  /** Opens it too. */
  readonly show: (key: string) => void;
};

/** Which objects are open, and which was gone to last: the one that the address names, at first. */
export function useChosen({ objects, risks }: ChangesView): Chosen {
  const { values, change } = useListPlace();
  const [open, setOpen] = React.useState<ReadonlySet<string>>(() => {
    const few = objects.length <= mostOpen;
    const grave = risks.filter(({ severity }) => severity === "high").map(({ key }) => key);
    const usual = objects.filter(({ isMinor }) => !isMinor).map(({ key }) => key);
    return new Set((few ? usual : grave).flatMap((key) => key ?? []));
  });
  const [target, setTarget] = React.useState<Target>();
  const named = values?.["object"];
  const isRead = values !== undefined;
  React.useEffect(() => {
    // Whoever is already somewhere on the page stays there.
    if (document.activeElement !== document.body) return;
    const found = objects.find((object) => addressOf(object) === named);
    if (found === undefined) return;
    setOpen((now) => new Set([...now, found.key]));
    setTarget({ key: found.key });
  }, [isRead]);
  const go = (key: string) => {
    setTarget({ key });
    const found = objects.find((object) => object.key === key);
    if (found !== undefined) change({ object: addressOf(found) });
  };
  const show = (key: string) => {
    setOpen(new Set([...open, key]));
    go(key);
  };
  return { open, setOpen, target, go, show };
}

/** `Deployment shop/api`: what it is called stays when more is compared. */
function addressOf({ kind, name, place }: ObjectView): string {
  return [kind, name, place ?? []].flat().join(" ");
}
