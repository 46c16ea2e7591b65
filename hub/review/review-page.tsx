import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { ReviewOf } from "./review-of.tsx";

/** The tab on one pull request. */
export function ReviewPage({
  repository,
  id,
}: {
  readonly repository: string;
  readonly id: number;
}) {
  const { project } = useHost();
  return (
    <div className="fg-page">
      <ReviewOf repo={{ project: project.id, repository }} id={id} />
    </div>
  );
}
