import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { plainError } from "../view/plain-error.ts";

/** Something went wrong, in words, and what to press. */
export function Failure(props: { readonly error: unknown; readonly retry?: () => void }) {
  const buttons = props.retry === undefined ? [] : [{ text: "Try again", onClick: props.retry }];
  return (
    <MessageCard severity={MessageCardSeverity.Error} buttonProps={buttons} role="alert">
      {plainError(props.error)}
    </MessageCard>
  );
}

/** Something to know before going on. */
export function Warning(props: { readonly children: React.ReactNode }) {
  return (
    <MessageCard severity={MessageCardSeverity.Warning}>
      <div>{props.children}</div>
    </MessageCard>
  );
}
