import type { Identity } from "./identity.ts";
import type { Project } from "./project.ts";

/** A service connection, as far as pipelines name one. Its secrets are never answered. */
export type ServiceEndpoint = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly url: string;
  readonly description: string;
  readonly createdBy: Identity;
  readonly data: Readonly<Record<string, string>>;
  readonly authorization: {
    readonly scheme: string;
    readonly parameters: Readonly<Record<string, string>>;
  };
  /** The projects that may use it. */
  readonly projects: Project[];
};

export type ServiceEndpoints = { readonly serviceEndpoints: ServiceEndpoint[] };
