import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { permissionKey, permissionOf } from "../checks/authorization.ts";
import type { ResourceType } from "../checks/model.ts";
import type { PipelinesState } from "../state.ts";
import { demandAdministrator, projectOf, type CurrentState } from "./run-call.ts";

type Resource = {
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
  readonly authorized?: boolean;
};

// Resources - List, Authorize Project Resources (REST 7.1-preview): open access to all pipelines.
export function authorizedResourceRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "build",
      resource: "authorizedresources",
      id: "398c85bc-81aa-4822-947c-a194a05f0fef",
      template: "{project}/_apis/build/authorizedresources",
      minVersion: "5.0",
      releasedVersion: "0.0",
      methods: {
        GET: (call) => read(state(), call),
        PATCH: (call) => authorize(state(), call),
      },
    },
  ];
}

function read(state: PipelinesState, call: Call): Answer {
  const { type = "", id = "" } = call.query;
  if (type === "" || id === "") return listOf([]);
  const key = keyOf(call, { type, id });
  const authorized = state.permissions.get(key)?.allPipelines !== false;
  const name = nameOf(state, call, { type, id });
  return listOf(authorized ? [{ authorized, id, name, type: type.toLowerCase() }] : []);
}

function authorize(state: PipelinesState, call: Call): Answer {
  demandAdministrator(call, "the resource");
  const resources = Array.isArray(call.body) ? (call.body as readonly Resource[]) : [];
  return listOf(
    resources.map(({ type = "", id = "", authorized = false, name }) => {
      const permission = permissionOf(state, keyOf(call, { type, id }));
      permission.allPipelines = authorized;
      for (const wake of [...permission.waiting]) wake();
      const known = name ?? nameOf(state, call, { type, id });
      return { authorized, id, name: known, type: type.toLowerCase() };
    }),
  );
}

// What the resource is called where it stands.
function nameOf(
  state: PipelinesState,
  call: Call,
  { type, id }: { readonly type: string; readonly id: string },
): string | undefined {
  const project = projectOf(call);
  const all: Readonly<Record<string, readonly { id: unknown; name: string }[]>> = {
    endpoint: state.organisation.serviceEndpoints,
    variablegroup: state.groups,
    environment: state.environments,
    repository: project.repositories,
  };
  return all[type.toLowerCase()]?.find((one) => String(one.id) === id)?.name;
}

function keyOf(call: Call, { type, id }: { readonly type: string; readonly id: string }): string {
  return permissionKey(projectOf(call).id, { type: type.toLowerCase() as ResourceType, id });
}
