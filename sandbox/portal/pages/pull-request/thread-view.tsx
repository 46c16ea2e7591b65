import * as React from "react";
import { Avatar } from "../../components/avatar.tsx";
import { ActionButton } from "../../components/action-button.tsx";
import { PlainMarkdown } from "../../components/plain-markdown.tsx";
import { When } from "../../components/when.tsx";
import type { Thread } from "../../rest-types.ts";
import { CommentBox } from "./comment-box.tsx";
import { reply, setStatus } from "./thread-calls.ts";

const statusNames: Readonly<Record<string, string>> = {
  active: "Active",
  pending: "Pending",
  fixed: "Resolved",
  closed: "Closed",
  wontFix: "Won't fix",
  byDesign: "By design",
};

/** Comments of one thread, the answer box, and whether it is resolved. */
export function ThreadView(props: {
  readonly thread: Thread;
  readonly url: string;
  readonly refusal: string | undefined;
  /** Say which file it is about. */
  readonly withPlace: boolean;
  readonly act: (work: () => Promise<unknown>) => void;
}) {
  const { thread, url, refusal, withPlace, act } = props;
  const { status, threadContext, comments } = thread;
  const shown = comments.filter(({ isDeleted }) => !isDeleted);
  const [first] = shown;
  if (!first) return null;
  if (first.commentType === "system") {
    return (
      <p className="portal-system">
        <Avatar name={first.author.displayName} small={true} />
        <span>
          {first.content} <When date={first.publishedDate} />
        </span>
      </p>
    );
  }
  const open = status === "active" || status === "pending";
  const place = placeText(threadContext);
  return (
    <article
      className={`portal-thread ${open ? "" : "portal-thread-closed"}`}
      aria-label={`Comment by ${first.author.displayName}`}
    >
      {(status !== undefined || (withPlace && place !== undefined)) && (
        <header>
          {withPlace && place !== undefined && <code>{place}</code>}
          <span className="portal-grow" />
          {status !== undefined && (
            <span className={`portal-tag portal-thread-${status}`}>
              {statusNames[status] ?? status}
            </span>
          )}
        </header>
      )}
      {shown.map(({ id, author, content, publishedDate }) => (
        <div key={id} className="portal-comment">
          <Avatar name={author.displayName} small={true} />
          <div>
            <p>
              <b>{author.displayName}</b>{" "}
              <span className="portal-quiet">
                <When date={publishedDate} />
              </span>
            </p>
            <PlainMarkdown text={content} />
          </div>
        </div>
      ))}
      <footer>
        <CommentBox
          label="Reply"
          refusal={refusal}
          onSend={(text) => act(() => reply(url, thread.id, text))}
        />
        {status !== undefined && (
          <ActionButton
            text={open ? "Resolve" : "Reactivate"}
            refusal={refusal}
            onClick={() => act(() => setStatus(url, thread.id, open ? "fixed" : "active"))}
          />
        )}
      </footer>
    </article>
  );
}

function placeText(context: Thread["threadContext"]): string | undefined {
  if (!context?.filePath) return undefined;
  const line = context.rightFileStart?.line ?? context.leftFileStart?.line;
  const path = context.filePath.replace(/^\//, "");
  return line === undefined ? path : `${path}:${line}`;
}
