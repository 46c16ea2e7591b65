import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { Spinner } from "azure-devops-ui/Spinner";
import type { Live } from "../use-live.ts";

/** What is loaded, or why not; data that is there stays on screen while a reload fails. */
export function Loaded<T>(props: {
  readonly live: Live<T>;
  readonly children: (value: T) => React.ReactNode;
}) {
  const { value, error } = props.live;
  return (
    <>
      {error && <MessageCard severity={MessageCardSeverity.Error}>{error}</MessageCard>}
      {value === undefined ? !error && <Spinner label="Loading" /> : props.children(value)}
    </>
  );
}
