/** The service's own tasks that the sandbox runs, by lower-case name: on an agent, or without. */
export const agentTasks: readonly string[] = [
  ...["publishpipelineartifact", "publishbuildartifacts", "downloadpipelineartifact"],
  ...["downloadbuildartifacts", "bash", "cmdline", "powershell", "docker", "cache"],
  "publishtestresults",
  ...["usenode", "nodetool", "gotool"],
];

export const serverTasks: readonly string[] = ["delay", "manualvalidation", "invokerestapi"];
