import { identityRef } from "../../azure-devops/identities.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import { permissionKey, permissionOf } from "../checks/authorization.ts";
import type { ResourceType } from "../checks/model.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { bodyOf, demandAdministrator, projectOf, type CurrentState } from "./run-call.ts";

// Pipeline Permissions - Get, Update, Update for many resources (REST 7.1-preview).
export function pipelinePermissionRoutes(state: CurrentState): readonly Route[] {
  return [
    {
      area: "pipelinePermissions",
      resource: "pipelinePermissions",
      id: "b5b9a4a4-e6cd-4096-853c-ab7d8b0c4eb2",
      template: "{project}/_apis/pipelines/pipelinePermissions/{resourceType?}/{resourceId?}",
      releasedVersion: "0.0",
      methods: {
        GET: (call) => ({ json: permissionJson(state(), call, named(call)) }),
        PATCH: (call) => update(state(), call),
      },
    },
  ];
}

type Named = { readonly type: ResourceType; readonly id: string };

function named({ params }: Call): Named {
  const { resourceType = "", resourceId = "" } = params;
  return { type: resourceType.toLowerCase() as ResourceType, id: resourceId };
}

function permissionJson(state: PipelinesState, call: Call, { type, id }: Named) {
  const permission = state.permissions.get(permissionKey(projectOf(call).id, { type, id }));
  const by = {
    authorizedBy: identityRef(call.grant.identity, call.organisation.url),
    authorizedOn: nowOf(state),
  };
  return {
    resource: { type, id },
    // Nothing was ever said: every pipeline may, as with open access.
    ...(permission?.allPipelines === false ? {} : { allPipelines: { authorized: true, ...by } }),
    pipelines: [...(permission?.pipelines ?? [])].map((one) => ({
      id: one,
      authorized: true,
      ...by,
    })),
  };
}

type Body = {
  readonly resource?: { readonly type?: string; readonly id?: string };
  readonly allPipelines?: { readonly authorized?: boolean };
  readonly pipelines?: readonly { readonly id: number; readonly authorized?: boolean }[];
};

function update(state: PipelinesState, call: Call): Answer {
  demandAdministrator(call, "the resource");
  const one = (at: Named, body: Partial<Body>) => {
    const key = permissionKey(projectOf(call).id, at);
    const permission = permissionOf(state, key);
    if (body.allPipelines) permission.allPipelines = body.allPipelines.authorized ?? false;
    for (const { id, authorized = false } of body.pipelines ?? []) {
      if (authorized) permission.pipelines.add(id);
      else permission.pipelines.delete(id);
    }
    for (const wake of [...permission.waiting]) wake();
    return permissionJson(state, call, at);
  };
  if (call.params["resourceId"] !== undefined) {
    return { json: one(named(call), bodyOf<Body>(call)) };
  }
  const bodies = Array.isArray(call.body) ? (call.body as readonly Body[]) : [];
  return listOf(
    bodies.map((body) => {
      const { type = "", id = "" } = body.resource ?? {};
      return one({ type: type.toLowerCase() as ResourceType, id }, body);
    }),
  );
}
