import assert from "node:assert/strict";
import type { Agent } from "../../../tasks/common/task-env.ts";
import { readInputs as packInputs } from "../../../tasks/PackDelivery/inputs.ts";
import { readInputs as previewInputs } from "../../../tasks/PreviewChanges/inputs.ts";
import { readInputs as renderInputs } from "../../../tasks/RenderManifests/inputs.ts";
import { fakeAgent } from "./fake-agent.ts";

const variables = {
  ...{ "System.DefaultWorkingDirectory": "/w", "Build.SourcesDirectory": "/w" },
  ...{ "Build.Repository.Uri": "https://h/o/p/_git/r", "Build.Repository.Name": "r" },
  ...{ "Build.SourceVersion": "a", "Build.SourceBranch": "refs/heads/main", "Build.BuildId": "1" },
};

describe("an input that takes a list, and names nothing", () => {
  const tasks: Readonly<Record<string, (agent: Agent) => unknown>> = {
    RenderManifests: renderInputs,
    PreviewChanges: previewInputs,
    PackDelivery: packInputs,
  };
  for (const [task, readInputs] of Object.entries(tasks)) {
    it(`does not mean all in ${task}`, () => {
      const read = (environments: string) => () => {
        const inputs = { deliveryFile: "fluxgate.yaml", outputFolder: "out", environments };
        return readInputs(fakeAgent({ inputs, variables }).agent);
      };
      assert.throws(read(" , ,\n"), { message: /Input environments is ", ,", which names none/ });
      assert.doesNotThrow(read(""));
      assert.doesNotThrow(read("dev, prod"));
    });
  }
});
