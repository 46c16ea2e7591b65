/** What a task.json says, as far as running it needs. */
export type TaskManifest = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  readonly inputs: readonly TaskInput[];
  /** The file that an agent starts, relative to the directory. */
  readonly target: string | undefined;
  readonly httpRequest: HttpRequestHandler | undefined;
  /** Handlers that the sandbox does not run, by name. */
  readonly otherHandlers: readonly string[];
};

export type TaskInput = {
  readonly name: string;
  readonly type: string;
  readonly defaultValue: string;
  readonly required: boolean;
};

/** `execution.HttpRequest` of a task.json (research, platform §1.1). */
export type HttpRequestHandler = {
  readonly execute: HttpRequestSection;
  readonly cancel: HttpRequestSection | undefined;
  /** `hh:mm:ss` by event. */
  readonly timeouts: {
    readonly assigned: string | undefined;
    readonly started: string | undefined;
    readonly completed: string | undefined;
  };
};

export type HttpRequestSection = {
  readonly endpointId: string;
  readonly endpointUrl: string;
  readonly method: string;
  readonly headers: string;
  readonly body: string;
  readonly waitForCompletion: string;
  readonly expression: string;
};
