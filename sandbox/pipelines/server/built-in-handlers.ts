import type { HttpRequestHandler, TaskInput } from "../task-manifest.ts";

const input = (name: string, defaultValue = ""): TaskInput => ({
  ...{ name, type: "string", defaultValue, required: false },
});

/** InvokeRESTAPI@1 as its public task.json has it (research, platform §1.3). */
export const invokeRestApi: {
  readonly inputs: readonly TaskInput[];
  readonly handler: HttpRequestHandler;
} = {
  inputs: [
    input("connectedServiceNameSelector", "connectedServiceName"),
    input("connectedServiceName"),
    input("connectedServiceNameARM"),
    input("connectedServiceNameAzureDevOps"),
    input("method", "POST"),
    input(
      "headers",
      JSON.stringify({
        "Content-Type": "application/json",
        PlanUrl: "$(system.CollectionUri)",
        ProjectId: "$(system.TeamProjectId)",
        HubName: "$(system.HostType)",
        PlanId: "$(system.PlanId)",
        JobId: "$(system.JobId)",
        TimelineId: "$(system.TimelineId)",
        TaskInstanceId: "$(system.TaskInstanceId)",
        AuthToken: "$(system.AccessToken)",
      }),
    ),
    input("body"),
    input("urlSuffix"),
    input("waitForCompletion", "false"),
    input("successCriteria"),
  ],
  handler: {
    execute: {
      endpointId: "TaskInputs[TaskInputs['connectedServiceNameSelector']]",
      endpointUrl: "$(endpoint.url)$(urlSuffix)",
      method: "$(method)",
      headers: "$(headers)",
      body: "$(body)",
      waitForCompletion: "$(waitForCompletion)",
      expression: "$(successCriteria)",
    },
    cancel: undefined,
    timeouts: { assigned: undefined, started: undefined, completed: undefined },
  },
};

/** Other names of the same inputs: its aliases. */
export const restApiAliases: Readonly<Record<string, string>> = {
  connectiontype: "connectedServiceNameSelector",
  serviceconnection: "connectedServiceName",
  genericservice: "connectedServiceName",
  azureserviceconnection: "connectedServiceNameARM",
  azuresubscription: "connectedServiceNameARM",
  azuredevopsserviceconnection: "connectedServiceNameAzureDevOps",
};
