import { jobRegistries } from "../common/job-registries.ts";
import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("ConfirmImages", async (agent) =>
  run(readInputs(agent), { log: agent.log, registries: jobRegistries(agent) }),
);
