import * as React from "react";
import { start } from "../components/start.tsx";
import { prepareWorker } from "../data/beside/make-worker.ts";
import { ReviewPage } from "./review-page.tsx";

prepareWorker();

// What the tab of a pull request is handed: `{ pullRequestId, repositoryId }`.
start(({ configuration }) => (
  <ReviewPage
    id={Number(configuration["pullRequestId"])}
    repository={String(configuration["repositoryId"])}
  />
));
