import type { TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { Action, Shell } from "../yaml/model.ts";

type Reference = NonNullable<TimelineRecord["task"]>;

// Ids and names of the service's own tasks, as timelines show them.
const shells: Readonly<Record<Shell, Reference>> = {
  cmdline: { id: "d9bafed4-0b18-4f58-968d-86655b4d2ce9", name: "CmdLine", version: "2.250.1" },
  bash: { id: "6c731c3c-3c68-459a-a5c9-bde6e6595b5b", name: "Bash", version: "3.259.0" },
  pwsh: { id: "e213ff0f-5d5c-4791-802d-52ea3e7be1f1", name: "PowerShell", version: "2.259.0" },
};
const checkout = {
  ...{ id: "6d15af64-176c-496d-b583-fd2ae21d4df4", name: "Checkout", version: "1.0.0" },
};
const publish = {
  id: "ecdc45f6-832d-4ad9-b52b-ee49e94659be",
  name: "PublishPipelineArtifact",
  version: "1.259.0",
};
const download = {
  id: "61f2a582-95ae-4948-b34d-a1b3c4f6a737",
  name: "DownloadPipelineArtifact",
  version: "2.259.0",
};
const others: Readonly<Record<string, string>> = {
  delay: "28782b92-5e8e-4458-9751-a71cd1492bae",
  invokerestapi: "9c3e8943-130d-4c78-ac63-8af81df62dfb",
  manualvalidation: "2003ad3a-104a-451a-9238-60474ab294e6",
  bash: shells.bash.id,
  cmdline: shells.cmdline.id,
  powershell: shells.pwsh.id,
  publishpipelineartifact: publish.id,
  downloadpipelineartifact: download.id,
};

/** The task behind a step, as the timeline names it. */
export function taskReference(state: PipelinesState, action: Action): TimelineRecord["task"] {
  switch (action.kind) {
    case "script":
      return shells[action.shell];
    case "checkout":
      return checkout;
    case "publish":
      return publish;
    case "download":
      return download;
    case "task": {
      const lower = action.task.toLowerCase();
      const manifest = state.tasks.get(lower);
      return {
        id: manifest?.id ?? others[lower] ?? "",
        name: action.task,
        version: manifest?.version ?? `${action.version}.0.0`,
      };
    }
  }
}
