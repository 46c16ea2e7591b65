import * as React from "react";
import { Ago } from "azure-devops-ui/Ago";

/** How long ago; the exact time on hover. */
export function When({ date }: { readonly date: string | null | undefined }) {
  return date ? <Ago date={new Date(date)} /> : <>-</>;
}
