import { container, of, pod, withPod } from "./pair.ts";
import { saysOfRisks } from "./risk-rows.ts";

const context = (securityContext: object) => ({ securityContext });
const sidecar = (annotations: object) =>
  of("apps/v1", "Deployment", {
    spec: {
      template: {
        metadata: { annotations },
        spec: { containers: [{ name: "a", image: "r/a:1" }] },
      },
    },
  });
const profile = (type: string) => context({ seccompProfile: { type } });
const drops = (...drop: string[]) => context({ capabilities: { drop } });
const key = { name: "s", key: "k" };
const env = (one: object) => ({ env: [{ name: "A", ...one }] });
const account = (before: object, after: object) =>
  [of("v1", "ServiceAccount", before), of("v1", "ServiceAccount", after)] as const;
const room = (labels: object) => of("v1", "Namespace", { metadata: { name: "shop", labels } });
const lessHard = (...what: string[]) =>
  what.map((one) => `medium hardening: container a is no longer hardened: ${one}`);

describe("what is said of what pods may do", () => {
  describe("of their power over the node", () => {
    saysOfRisks([
      [
        "its processes",
        pod({})({ hostPID: true }),
        "high pod-privilege: shares the node's pid (hostPID)",
      ],
      [
        "its memory",
        pod({})({ hostIPC: true }),
        "high pod-privilege: shares the node's ipc (hostIPC)",
      ],
      [
        "its network",
        pod({})({ hostNetwork: true }),
        "high pod-privilege: shares the node's network (hostNetwork)",
      ],
      ["its network no longer", pod({ hostNetwork: true })({})],
      [
        "a folder",
        pod({})({ volumes: [{ name: "h", hostPath: { path: "/var" } }] }),
        "high pod-privilege: mounts /var of the node (hostPath)",
      ],
      [
        "another folder",
        pod({ volumes: [{ name: "h", hostPath: { path: "/a" } }] })({
          volumes: [{ name: "h", hostPath: { path: "/b" } }],
        }),
        "high pod-privilege: mounts /b of the node (hostPath)",
      ],
      [
        "a process of Windows",
        pod({})(context({ windowsOptions: { hostProcess: true } })),
        "high pod-privilege: runs as a process of the node (hostProcess)",
      ],
      [
        "a container as a process of Windows",
        container({}, context({ windowsOptions: { hostProcess: true } })),
        "high pod-privilege: container a runs as a process of the node (hostProcess)",
      ],
      [
        "a parameter of the kernel",
        pod({})(context({ sysctls: [{ name: "vm.swappiness", value: "1" }] })),
        "high pod-privilege: sets the node's kernel parameter vm.swappiness (sysctls)",
      ],
      [
        "parameters of the pod's own",
        pod({})(
          context({
            sysctls: [
              "kernel.shm_rmid_forced",
              "net.ipv4.ip_local_port_range",
              "net.ipv4.tcp_syncookies",
              "net.ipv4.ping_group_range",
              "net.ipv4.ip_unprivileged_port_start",
              "net.ipv4.ip_local_reserved_ports",
              "net.ipv4.tcp_keepalive_time",
              "net.ipv4.tcp_fin_timeout",
              "net.ipv4.tcp_keepalive_intvl",
              "net.ipv4.tcp_keepalive_probes",
            ].map((name) => ({ name })),
          }),
        ),
      ],
      [
        "the pod without seccomp",
        pod({})(profile("Unconfined")),
        "high pod-privilege: the pod is not confined (seccompProfile)",
      ],
      [
        "a container without AppArmor",
        container({}, context({ appArmorProfile: { type: "Unconfined" } })),
        "high pod-privilege: container a is not confined (appArmorProfile)",
      ],
      [
        "a container without AppArmor, as it was written once",
        [
          sidecar({}),
          sidecar({ "container.apparmor.security.beta.kubernetes.io/a": "unconfined" }),
        ],
        "high pod-privilege: container a is not confined (AppArmor)",
      ],
      [
        "another type of SELinux",
        container({}, context({ seLinuxOptions: { type: "spc_t" } })),
        "high pod-privilege: container a is confined otherwise (seLinuxOptions.type spc_t)",
      ],
      ...["container_t", "container_init_t", "container_kvm_t", "container_engine_t"].map(
        (type) =>
          [
            `the type ${type} of SELinux`,
            container({}, context({ seLinuxOptions: { type } })),
          ] as const,
      ),
      ...[{}, context({ runAsUser: 1 })].map(
        (more) =>
          [
            `mounts of the node beside ${JSON.stringify(more)}`,
            container(more, {
              ...more,
              volumeMounts: [{ name: "v", mountPath: "/v", mountPropagation: "Bidirectional" }],
            }),
            "high pod-privilege: container a mounts on the node too, at /v (mountPropagation)",
          ] as const,
      ),
      [
        "mounts that come from the node",
        container(
          {},
          { volumeMounts: [{ name: "v", mountPath: "/v", mountPropagation: "HostToContainer" }] },
        ),
      ],
      [
        "a volume that is a folder of it",
        [[], of("v1", "PersistentVolume", { spec: { hostPath: { path: "/" } } })],
        "high pod-privilege: is the folder / of the node (hostPath)",
      ],
      ["a volume elsewhere", [[], of("v1", "PersistentVolume", { spec: { nfs: { path: "/" } } })]],
      [
        "all of /proc",
        container({}, context({ procMount: "Unmasked" })),
        "high pod-privilege: container a sees all of /proc (procMount)",
      ],
      [
        "everything",
        container({}, context({ privileged: true })),
        "high pod-privilege: container a is privileged: it owns the node",
      ],
      [
        "more than it started with",
        container({}, context({ allowPrivilegeEscalation: true })),
        "high pod-privilege: container a may gain privileges (allowPrivilegeEscalation)",
      ],
      [
        "a capability",
        container({}, context({ capabilities: { add: ["NET_ADMIN"] } })),
        "high pod-privilege: container a gets the capability NET_ADMIN",
      ],
      ["root", pod({})(context({ runAsUser: 0 })), "high pod-privilege: the pod runs as root"],
      [
        "a container as root",
        container({}, context({ runAsUser: 0 })),
        "high pod-privilege: container a runs as root",
      ],
      [
        "a port",
        container(
          { ports: [{ containerPort: 1 }] },
          { ports: [{ containerPort: 1, hostPort: 80 }] },
        ),
        "high pod-privilege: container a takes port 80 of the node (hostPort)",
      ],
      [
        "an init container",
        pod({})({
          initContainers: [{ name: "i", image: "r/i:1", ...context({ privileged: true }) }],
        }),
        "high pod-privilege: container i is privileged: it owns the node",
      ],
      [
        "a new Pod",
        [
          [],
          of("v1", "Pod", {
            spec: { hostNetwork: true, containers: [{ name: "a", image: "r/a:1" }] },
          }),
        ],
        "high pod-privilege: shares the node's network (hostNetwork)",
      ],
    ]);
  });

  describe("of what hardens them", () => {
    saysOfRisks([
      ["a user", container(context({ runAsUser: 1000 }), {}), ...lessHard("runAsUser")],
      ["another user", container(context({ runAsUser: 1000 }), context({ runAsUser: 1001 }))],
      [
        "not root",
        container(context({ runAsNonRoot: true }), context({ runAsNonRoot: false })),
        ...lessHard("runAsNonRoot"),
      ],
      [
        "no further privileges",
        container(context({ allowPrivilegeEscalation: false }), {}),
        ...lessHard("allowPrivilegeEscalation"),
      ],
      [
        "capabilities that were dropped",
        container(
          context({ capabilities: { drop: ["ALL", "A"] } }),
          context({ capabilities: { drop: ["A"] } }),
        ),
        ...lessHard("capabilities.drop ALL"),
      ],
      [
        "all capabilities dropped in place of some",
        container(drops("NET_RAW", "cap_kill"), drops("all")),
      ],
      ["capabilities by another spelling", container(drops("CAP_NET_RAW"), drops("net_raw"))],
      [
        "some capabilities dropped in place of all",
        container(drops("ALL"), drops("NET_RAW")),
        ...lessHard("capabilities.drop ALL"),
      ],
      ["a user that was root", container(context({ runAsUser: 0 }), {})],
      ["a user by its name", container(context({ runAsUser: "1000" }), {})],
      ["a user of the pod", pod(context({ runAsUser: 1000 }))({}), ...lessHard("runAsUser")],
      [
        "what the pod says too",
        [
          withPod(context({ runAsNonRoot: true }), context({ runAsNonRoot: true })),
          withPod(context({ runAsNonRoot: true }), {}),
        ],
      ],
      ["seccomp that was off", container(profile("Unconfined"), {})],
      [
        "AppArmor that was off",
        container(context({ appArmorProfile: { type: "Unconfined" } }), {}),
      ],
      [
        "a root that was not to be written",
        container(context({ readOnlyRootFilesystem: true }), {}),
        ...lessHard("readOnlyRootFilesystem"),
      ],
      ["a root that could be written", container(context({ readOnlyRootFilesystem: false }), {})],
      ["further privileges as before", container(context({ allowPrivilegeEscalation: true }), {})],
      ["processes that were shared", pod({ shareProcessNamespace: true })({})],
      [
        "processes that are shared as before",
        pod({ shareProcessNamespace: true, a: 1 })({ shareProcessNamespace: true }),
      ],
      ["users that were the node's", pod({ hostUsers: true })({})],
      ["users of their own as before", pod({ hostUsers: false, a: 1 })({ hostUsers: false })],
      ["a token that was taken", pod({ automountServiceAccountToken: true })({})],
      [
        "no token as before",
        pod({ automountServiceAccountToken: false, a: 1 })({ automountServiceAccountToken: false }),
      ],
      [
        "no token of an account",
        account({ automountServiceAccountToken: false }, {}),
        "medium hardening: gets the token of its service account again (automountServiceAccountToken)",
      ],
      [
        "a variable from a Secret",
        container(env({ valueFrom: { secretKeyRef: key } }), env({ value: "x" })),
        "medium hardening: takes A from a text in git, before from a Secret",
      ],
      [
        "a variable from a Secret that goes",
        container(env({ valueFrom: { secretKeyRef: key } }), env({})),
      ],
      [
        "a variable from a Secret that is empty now",
        container(env({ valueFrom: { secretKeyRef: key } }), env({ value: "" })),
      ],
      [
        "a variable from settings",
        container(env({ valueFrom: { configMapKeyRef: key } }), env({ value: "x" })),
      ],
      [
        "a variable from a Secret beside another",
        container(
          { env: [{ name: "A", valueFrom: { secretKeyRef: key } }] },
          { env: [{ name: "B", value: "x" }] },
        ),
      ],
      [
        "refused by the pods themselves as before",
        [
          sidecar({ "sidecar.istio.io/inject": "false" }),
          sidecar({ "sidecar.istio.io/inject": "false", a: "b" }),
        ],
      ],
      [
        "another mesh in place of one",
        [sidecar({ "linkerd.io/inject": "enabled" }), sidecar({ "istio.io/rev": "a" })],
      ],
      ...(
        [
          ["istio-injection", "enabled", "disabled"],
          ["istio.io/rev", "stable", ""],
          ["istio.io/dataplane-mode", "ambient", "none"],
        ] as const
      ).map(
        ([label, on, off]) =>
          [
            `no mesh in a namespace by ${label}`,
            [room({ [label]: on }), room({ [label]: off })],
            `medium hardening: its pods get no proxy of the mesh (${label})`,
          ] as const,
      ),
      ["seccomp", container(profile("RuntimeDefault"), {}), ...lessHard("seccompProfile")],
      ["another profile of seccomp", container(profile("RuntimeDefault"), profile("Localhost"))],
      [
        "AppArmor",
        container(context({ appArmorProfile: { type: "RuntimeDefault" } }), {}),
        ...lessHard("appArmorProfile"),
      ],
      [
        "SELinux",
        pod(context({ seLinuxOptions: { level: "s0" } }))({}),
        ...lessHard("seLinuxOptions"),
      ],
      [
        "several at once",
        container(context({ runAsNonRoot: true, readOnlyRootFilesystem: true }), {}),
        ...lessHard("runAsNonRoot, readOnlyRootFilesystem"),
      ],
      ["a container that goes", pod({})({ containers: [{ name: "b", image: "r/b:1" }] })],
      [
        "users of their own",
        pod({ hostUsers: false })({}),
        "medium hardening: no longer runs in a user namespace of its own (hostUsers)",
      ],
      [
        "no token",
        pod({ automountServiceAccountToken: false })({}),
        "medium hardening: gets the token of its service account again (automountServiceAccountToken)",
      ],
      [
        "processes of their own",
        pod({})({ shareProcessNamespace: true }),
        "medium hardening: its containers see each other's processes and files (shareProcessNamespace)",
      ],
      [
        "no mesh, by Istio's label of old",
        [sidecar({ "sidecar.istio.io/inject": "true" }), sidecar({})],
        "medium hardening: its pods get no proxy of the mesh (sidecar.istio.io/inject)",
      ],
      [
        "refused by the pods themselves",
        [sidecar({}), sidecar({ "sidecar.istio.io/inject": "false" })],
        "medium hardening: its pods get no proxy of the mesh (sidecar.istio.io/inject)",
      ],
      [
        "Linkerd's",
        [sidecar({ "linkerd.io/inject": "enabled" }), sidecar({ "linkerd.io/inject": "disabled" })],
        "medium hardening: its pods get no proxy of the mesh (linkerd.io/inject)",
      ],
      [
        "Linkerd's as an entrance",
        [sidecar({ "linkerd.io/inject": "enabled" }), sidecar({ "linkerd.io/inject": "ingress" })],
      ],
    ]);
  });
});
