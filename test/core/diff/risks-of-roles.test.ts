import { of, rbac, role } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const none = role(["pods"], ["get"]);
const gains = (resources: string[], verbs: string[]) => [none, role(resources, verbs)] as const;
type Rule = readonly [resources: readonly string[], verbs: readonly string[]];
const roles = (...rules: readonly Rule[]) =>
  of(rbac, "ClusterRole", {
    rules: rules.map(([resources, verbs]) => ({ apiGroups: [""], resources, verbs })),
  });
const named = (...resourceNames: string[]) =>
  of(rbac, "ClusterRole", {
    rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames }],
  });
const paths = (...nonResourceURLs: string[]) =>
  of(rbac, "ClusterRole", { rules: [{ nonResourceURLs, verbs: ["*"] }] });
const reads = (...nonResourceURLs: string[]) =>
  of(rbac, "ClusterRole", { rules: [{ nonResourceURLs, verbs: ["get"] }] });
const grouped = (...apiGroups: string[]) =>
  of(rbac, "ClusterRole", { rules: [{ apiGroups, resources: ["secrets"], verbs: ["get"] }] });
const inGroup = (group: string, rule: object) =>
  of(rbac, "ClusterRole", { rules: [{ apiGroups: [group], ...rule }] });
const openShift = "security.openshift.io";
const constraints = { resources: ["securitycontextconstraints"], verbs: ["use"] };
const used = "may use securitycontextconstraints: its pods may do what these let them do";
const wide = (body: object) => of(`${openShift}/v1`, "SecurityContextConstraints", body);
const delivered = { resources: ["kustomizations"], verbs: ["patch", "delete"] };

describe("what is said of a change of a role", () => {
  saysOfRisks([
    ["every verb", gains(["pods"], ["*"]), "high grant: may do everything (verb *) with pods"],
    ["every kind", gains(["*"], ["get"]), "high grant: may get every kind of object"],
    [
      "every kind of another group",
      [none, inGroup("cluster.x-k8s.io", { resources: ["*"], verbs: ["*"] })],
      "high grant: may do everything (verb *) with * of cluster.x-k8s.io",
    ],
    [
      "constraints of OpenShift that let pods do all",
      [none, inGroup(openShift, { ...constraints, resourceNames: ["privileged"] })],
      `high grant: ${used}, of these names: privileged`,
    ],
    [
      "constraints that let pods do little",
      [none, inGroup(openShift, { ...constraints, resourceNames: ["restricted-v2"] })],
      `medium grant: ${used}, of these names: restricted-v2`,
    ],
    ["all of its constraints", [none, inGroup(openShift, constraints)], `high grant: ${used}`],
    [
      "constraints that become wider",
      [wide({}), wide({ allowHostPID: true, users: ["u"], runAsUser: { type: "RunAsAny" } })],
      "high pod-privilege: lets pods see the node's processes (allowHostPID)",
      "high pod-privilege: lets pods run as root (runAsUser)",
      "medium pod-privilege: lets pods of u do what it allows",
    ],
    [
      "everything, in one sentence",
      gains(["*"], ["get", "*"]),
      "high grant: may do everything (verb *) with *",
    ],
    ...["deployments/*", "*/*"].map(
      (one) =>
        [
          `${one}, which reads as a pattern`,
          gains([one], ["*"]),
          `medium grant: names ${one}, which allows nothing: RBAC takes it for no pattern`,
        ] as const,
    ),
    [
      "every path",
      [none, of(rbac, "ClusterRole", { rules: [{ nonResourceURLs: ["/metrics"], verbs: ["*"] }] })],
      "high grant: may do everything (verb *) with /metrics",
    ],
    ...["*", "/*", "/logs/*", "/debug/pprof/heap"].map(
      (path) =>
        [
          `the path ${path}`,
          [none, reads(path)],
          `medium grant: may get ${path} of the API server: its profiles and logs`,
        ] as const,
    ),
    ["paths that tell little", [none, reads("/metrics", "/healthz/*", "/debugger")]],
    ...["escalate", "bind", "impersonate"].map(
      (verb) =>
        [
          `to ${verb}`,
          gains(["roles"], [verb]),
          `high grant: may ${verb} roles, and so gain further rights`,
        ] as const,
    ),
    ...(
      [
        ["pods/exec", "run commands in pods"],
        ["pods/attach", "attach to pods"],
        ["pods/portforward", "reach into pods"],
        ["pods/ephemeralcontainers", "put containers into pods"],
        ["pods/proxy", "call pods through the API server"],
        ["services/proxy", "call services through the API server"],
        ["nodes/proxy", "call every kubelet"],
        ["serviceaccounts/token", "make tokens of service accounts"],
        ["certificatesigningrequests/approval", "approve certificates"],
      ] as const
    ).map(
      ([what, can]) =>
        [
          `${what}`,
          gains([what], ["get"]),
          `high grant: may ${can} (${what}), and so act with the rights of others`,
        ] as const,
    ),
    [
      "Secrets",
      gains(["secrets"], ["get", "list", "watch", "delete"]),
      "medium grant: may get secrets",
      "medium grant: may list secrets",
      "medium grant: may watch secrets",
    ],
    [
      "a Secret",
      [
        none,
        of(rbac, "ClusterRole", {
          rules: [{ resources: ["secrets"], verbs: ["get"], resourceNames: ["a", "b"] }],
        }),
      ],
      "medium grant: may get secrets, of these names: a, b",
    ],
    ...[
      "roles",
      "rolebindings",
      "clusterroles",
      "clusterrolebindings",
      "mutatingwebhookconfigurations",
      "validatingwebhookconfigurations",
      "validatingadmissionpolicies",
      "validatingadmissionpolicybindings",
      "customresourcedefinitions",
      "namespaces",
      "nodes",
    ].map(
      (what) =>
        [
          `to write ${what}`,
          gains([what], ["get", "patch"]),
          `medium grant: may patch ${what}`,
        ] as const,
    ),
    ...["create", "update", "delete", "deletecollection"].map(
      (verb) =>
        [
          `to ${verb} what steers`,
          gains(["roles"], [verb]),
          `medium grant: may ${verb} roles`,
        ] as const,
    ),
    [
      "to make pods",
      gains(["pods"], ["create"]),
      "medium grant: may create pods, which run with any service account of the namespace",
    ],
    ...(
      [
        ["fewer verbs for every kind", [["*"], ["get", "list"]], [["*"], ["get"]]],
        ["fewer verbs for what steers", [["roles"], ["patch", "delete"]], [["roles"], ["patch"]]],
        ["every verb for fewer", [["pods", "services"], ["*"]], [["pods"], ["*"]]],
        ["one verb of all", [["roles"], ["*"]], [["roles"], ["patch"]]],
        ["one kind of all", [["*"], ["get"]], [["secrets"], ["get"]]],
        ["one thing below of everything", [["*"], ["get"]], [["pods/exec"], ["get"]]],
        ["one thing below anything", [["*/exec"], ["get"]], [["pods/exec"], ["get"]]],
        ["everything of everything", [["*"], ["*"]], [["pods/exec"], ["create"]]],
        ["climbing on fewer", [["a", "b"], ["bind"]], [["a"], ["bind"]]],
        [
          "pods among others",
          [
            ["pods", "a"],
            ["create", "get"],
          ],
          [["pods"], ["create"]],
        ],
      ] as const
    ).map(
      ([what, [had, could], [has, can]]) =>
        [what, [roles([had, could]), roles([has, can])]] as const,
    ),
    ...(
      [
        ["secrets", "get"],
        ["secrets", "list"],
        ["secrets", "patch"],
        ["pods", "create"],
        ["jobs", "update"],
        ["roles", "delete"],
      ] as const
    ).map(([what, verb]) => {
      const more = roles([
        [what, "endpoints"],
        [verb, "approve"],
      ]);
      return [
        `${verb} ${what} as before, and what is harmless`,
        [roles([[what], [verb]]), more],
      ] as const;
    }),
    [
      "climbing as before, and what is harmless",
      [roles([["a"], ["bind"]]), roles([["a"], ["bind", "approve"]])],
    ],
    [
      "every verb for two",
      gains(["endpoints", "events"], ["*"]),
      "high grant: may do everything (verb *) with endpoints, events",
    ],
    ["two paths", [none, paths("/a", "/b")], "high grant: may do everything (verb *) with /a, /b"],
    [
      "two verbs for what steers",
      gains(["roles"], ["patch", "update"]),
      "medium grant: may patch, update roles",
    ],
    [
      "two verbs for what runs pods",
      gains(["jobs"], ["create", "patch", "delete"]),
      "medium grant: may create, patch jobs, whose pods run with any service account of the namespace",
    ],
    [
      "two verbs for secrets",
      gains(["secrets"], ["create", "update"]),
      "medium grant: may create, update secrets",
    ],
    [
      "what a controller acts for, among other groups",
      [
        none,
        of(rbac, "ClusterRole", { rules: [{ ...delivered, apiGroups: ["", "argoproj.io"] }] }),
      ],
      "high grant: may patch, delete kustomizations, and so act with the rights of their controller",
    ],
    ["rules of others no longer", [of(rbac, "ClusterRole", { aggregationRule: { a: 1 } }), none]],
    [
      "rules of the same others",
      [
        of(rbac, "ClusterRole", { aggregationRule: { a: 1 } }),
        of(rbac, "ClusterRole", { aggregationRule: { a: 1 }, rules: [] }),
      ],
    ],
    [
      "two rules as one",
      [
        roles([["roles"], ["patch"]], [["roles"], ["delete"]]),
        roles([["roles"], ["patch", "delete"]]),
      ],
    ],
    [
      "one verb more for every kind",
      [roles([["*"], ["get"]]), roles([["*"], ["get", "list"]])],
      "high grant: may get, list every kind of object",
    ],
    [
      "a way below anything",
      [roles([["pods"], ["get"]]), roles([["pods", "*/exec"], ["get"]])],
      "high grant: may run commands in pods (pods/exec), and so act with the rights of others",
    ],
    [
      "all that a way below anything means",
      [roles([["pods/proxy"], ["get"]]), roles([["*/proxy"], ["get"]])],
      "high grant: may call every kubelet (nodes/proxy), and so act with the rights of others",
      "high grant: may call services through the API server (services/proxy), and so act with the rights of others",
    ],
    ["anything below", [roles([["pods"], ["get"]]), roles([["pods", "*/status"], ["get"]])]],
    [
      "what lies below, where the kind alone was",
      [roles([["pods"], ["get"]]), roles([["pods", "pods/exec"], ["get"]])],
      "high grant: may run commands in pods (pods/exec), and so act with the rights of others",
    ],
    [
      "what lies below another kind",
      [roles([["nodes/*"], ["get"]]), roles([["nodes/*", "pods/exec"], ["get"]])],
      "high grant: may run commands in pods (pods/exec), and so act with the rights of others",
    ],
    ...["pods/*", "*/*", "*/attach", "*/ec"].map(
      (what) =>
        [
          `what lies below, where ${what} allowed none of it`,
          [roles([[what], ["get"]]), roles([[what, "pods/exec"], ["get"]])],
          "high grant: may run commands in pods (pods/exec), and so act with the rights of others",
        ] as const,
    ),
    [
      "the kind, where what lies below was",
      [roles([["secrets/*"], ["get"]]), roles([["secrets/*", "secrets"], ["get"]])],
      "medium grant: may get secrets",
    ],
    [
      "another group",
      [
        of(rbac, "Role", {
          rules: [{ ...delivered, apiGroups: ["kustomize.toolkit.fluxcd.io"] }],
        }),
        of(rbac, "Role", { rules: [{ ...delivered, apiGroups: ["*.toolkit.fluxcd.io"] }] }),
      ],
      "high grant: may patch, delete kustomizations, and so act with the rights of their controller",
    ],
    [
      "what a controller acts for as before, and what is harmless",
      ["get", "approve"].map((verb) =>
        of(rbac, "ClusterRole", {
          rules: [{ ...delivered, apiGroups: ["argoproj.io"], verbs: ["patch", verb] }],
        }),
      ) as unknown as readonly [object, object],
    ],
    [
      "what only has the name of it",
      [none, of(rbac, "ClusterRole", { rules: [{ ...delivered, apiGroups: ["x.io"] }] })],
    ],
    [
      "to delete alone what a controller acts for",
      [
        none,
        of(rbac, "ClusterRole", {
          rules: [{ ...delivered, apiGroups: ["argoproj.io"], verbs: ["delete"] }],
        }),
      ],
    ],
    ["one name of two", [named("a", "b"), named("a")]],
    ["one name of all", [roles([["secrets"], ["get"]]), named("a")]],
    ["another name", [named("a"), named("b")], "medium grant: may get secrets, of these names: b"],
    [
      "all names of one",
      [named("a"), roles([["secrets"], ["get"]])],
      "medium grant: may get secrets",
    ],
    ["one path of two", [paths("/a", "/b"), paths("/a")]],
    [
      "a kind, where what is no pattern was",
      [roles([["*/*"], ["get"]]), roles([["secrets"], ["get"]])],
      "medium grant: may get secrets",
    ],
    ["one group of two", [grouped("", "apps"), grouped("")]],
    ["another group than before", [grouped("apps"), grouped("")], "medium grant: may get secrets"],
    ["a path below all", [paths("/a/*"), paths("/a/b")]],
    [
      "a path beside all",
      [paths("/a/*"), paths("/b")],
      "high grant: may do everything (verb *) with /b",
    ],
    [
      "all paths of one",
      [paths("/a"), paths("/a/*")],
      "high grant: may do everything (verb *) with /a/*",
    ],
    ["to read what steers", gains(["roles"], ["get"])],
    ["what it had", [role(["secrets"], ["get"]), role(["secrets"], ["get"])]],
    [
      "it becomes part of another role",
      [
        of(rbac, "ClusterRole"),
        of(rbac, "ClusterRole", {
          metadata: {
            name: "api",
            namespace: "shop",
            labels: { "rbac.authorization.k8s.io/aggregate-to-edit": "true" },
          },
        }),
      ],
      "medium grant: adds its rules to the role edit",
    ],
    [
      "it does not become part of another role",
      [
        of(rbac, "ClusterRole"),
        of(rbac, "ClusterRole", {
          metadata: {
            name: "api",
            namespace: "shop",
            labels: { "rbac.authorization.k8s.io/aggregate-to-edit": "false" },
          },
        }),
      ],
    ],
  ]);
});
