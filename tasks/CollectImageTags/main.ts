import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("CollectImageTags", async (agent) => run(readInputs(agent), { log: agent.log }));
