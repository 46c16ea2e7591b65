import * as React from "react";
import { HostLink } from "../components/host-link.tsx";
import { Mark } from "../components/mark.tsx";
import type { AwaitingItem } from "../view/awaiting-view.ts";

/** One pull request; what is grave or not wholly compared is decided in its own review. */
export function AwaitingRow(props: {
  readonly item: AwaitingItem;
  readonly isOn: boolean;
  readonly toggle: () => void;
  readonly review: () => void;
}) {
  const { item, isOn, toggle, review } = props;
  const { title, url, summary, risks, opened, mine, vote, alone } = item;
  return (
    <li className="fg-awaiting-item">
      {vote === undefined ? (
        <span className="fg-awaiting-tick" aria-hidden="true" />
      ) : (
        <input
          type="checkbox"
          className="fg-awaiting-tick"
          aria-label={`Select ${title}`}
          checked={isOn}
          onChange={toggle}
        />
      )}
      <div>
        <p>
          <HostLink url={url}>{title}</HostLink> {summary}
          {vote === undefined ? null : (
            <span className="fg-secondary"> digest {vote.digest.slice(2, 10)}</span>
          )}
        </p>
        {risks.map(({ tone, text }, index) => (
          <p key={index} className="fg-awaiting-risk">
            {tone === "plain" ? text : <Mark tone={tone}>{text}</Mark>}
          </p>
        ))}
        <p className="fg-secondary">
          {[opened, mine, alone].filter((one) => one !== "").join(". ")}.{" "}
          <button type="button" className="fg-link" onClick={review}>
            Review here<span className="fg-hidden">: {title}</span>
          </button>
        </p>
      </div>
    </li>
  );
}
