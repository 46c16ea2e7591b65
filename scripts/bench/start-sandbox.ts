// A process of its own, so that loading counts: prints its address once it answers.
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { emptySeed, noPipelines } from "../../sandbox/demo/demo-seed.ts";

const sandbox = await createSandbox({
  seed: emptySeed,
  parts: [createPipelines({ seed: noPipelines })],
});
console.log(sandbox.organisationUrl);
