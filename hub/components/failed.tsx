import * as React from "react";
import { useBodies } from "./body-source.ts";
import { Failure } from "./note.tsx";

/** What is shown could not be had from where it was compared: it is compared anew. */
export function Failed({ error }: { readonly error: unknown }) {
  const { renew } = useBodies();
  return <Failure error={error} retry={renew} />;
}
