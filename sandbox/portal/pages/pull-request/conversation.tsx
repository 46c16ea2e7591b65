import * as React from "react";
import { Card } from "../../components/card.tsx";
import type { Thread } from "../../rest-types.ts";
import { CommentBox } from "./comment-box.tsx";
import { addThread } from "./thread-calls.ts";
import { ThreadView } from "./thread-view.tsx";

/** Everything that was said, newest thread first; what the service itself wrote is shown smaller. */
export function Conversation(props: {
  readonly threads: readonly Thread[];
  readonly url: string;
  readonly refusal: string | undefined;
  readonly act: (work: () => Promise<unknown>) => void;
}) {
  const { threads, url, refusal, act } = props;
  const open = threads.filter(({ status }) => status === "active" || status === "pending").length;
  return (
    <Card
      title="Comments"
      aside={open > 0 && <span className="portal-badge">{open} unresolved</span>}
    >
      <CommentBox
        label="Add a comment"
        refusal={refusal}
        onSend={(text) => act(() => addThread(url, { text }))}
      />
      {[...threads].reverse().map((thread) => (
        <ThreadView key={thread.id} {...{ thread, url, refusal, act }} withPlace={true} />
      ))}
    </Card>
  );
}
