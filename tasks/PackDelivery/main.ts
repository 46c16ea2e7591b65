import { runTask } from "../common/run-task.ts";
import { readInputs } from "./inputs.ts";
import { run } from "./run.ts";

void runTask("PackDelivery", (agent) => run(readInputs(agent), agent.log));
