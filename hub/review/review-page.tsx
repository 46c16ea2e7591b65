import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { ListPlaceProvider } from "../components/list-place.ts";
import { usePlace } from "../components/use-place.ts";
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
  const place = usePlace({ home: "review", readsQuery: false });
  return (
    <div className="fg-page">
      <ListPlaceProvider value={place}>
        <ReviewOf repo={{ project: project.id, repository }} id={id} />
      </ListPlaceProvider>
    </div>
  );
}
