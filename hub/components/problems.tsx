import * as React from "react";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { plainError } from "../view/plain-error.ts";

/** What could not be read while the rest could, a sentence each, and one button that looks again. */
export function Problems(props: { readonly of: readonly unknown[]; readonly retry: () => void }) {
  const texts = [...new Set(props.of.map(plainError))];
  if (texts.length === 0) return null;
  return (
    <MessageCard
      severity={MessageCardSeverity.Error}
      buttonProps={[{ text: "Try again", onClick: props.retry }]}
      role="alert"
    >
      {texts.length === 1 ? (
        texts[0]
      ) : (
        <ul className="fg-plain-list">
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </MessageCard>
  );
}
