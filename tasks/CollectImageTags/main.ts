import { jobRegistries } from "../common/job-registries.ts";
import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("CollectImageTags", async (agent) => {
  const inputs = readInputs(agent);
  const { log } = agent;
  return run(inputs, { log, ...(inputs.askRegistry ? { registries: jobRegistries(agent) } : {}) });
});
