import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { Spinner, SpinnerSize } from "azure-devops-ui/Spinner";
import type { Live } from "../use-live.ts";

/** What is loaded, or why not; data that is there stays on screen while a reload fails. */
export function Loaded<T>(props: {
  readonly live: Live<T>;
  readonly children: (value: T) => React.ReactNode;
}) {
  const { value, error, refresh } = props.live;
  return (
    <>
      {error !== undefined && (
        <MessageCard
          severity={MessageCardSeverity.Error}
          role="alert"
          className="portal-message"
          buttonProps={[{ text: "Try again", onClick: refresh }]}
        >
          {value === undefined ? error : `Not up to date: ${error}`}
        </MessageCard>
      )}
      {value !== undefined
        ? props.children(value)
        : error === undefined && (
            <div className="portal-loading">
              <Spinner size={SpinnerSize.large} label="Loading" />
            </div>
          )}
    </>
  );
}
