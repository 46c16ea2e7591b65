import * as React from "react";

/** How long something took or has been taking: `2m 5s`. */
export function Took(props: {
  readonly from: string | null | undefined;
  readonly to: string | null | undefined;
}) {
  const { from, to } = props;
  if (!from) return null;
  const end = to ? new Date(to).getTime() : Date.now();
  return <span>{durationText(end - new Date(from).getTime())}</span>;
}

function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours}h ${minutes % 60}m`;
  return minutes > 0 ? `${minutes}m ${seconds % 60}s` : `${seconds}s`;
}
