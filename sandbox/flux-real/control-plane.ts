// Arguments of the processes that make a Kubernetes API on one machine: no certificates to make but
// the service-account key, everything on 127.0.0.1.
import { join } from "node:path";

export type Command = {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export type Layout = {
  readonly directory: string;
  readonly kubeconfig: string;
  readonly apiPort: number;
  /** Takes the next free port. */
  readonly port: () => number;
};

// Without the node-lifecycle one a new node keeps its not-ready taint.
const controllers = [
  "deployment-controller",
  "replicaset-controller",
  "statefulset-controller",
  "daemonset-controller",
  "job-controller",
  "cronjob-controller",
  "namespace-controller",
  "garbage-collector-controller",
  "serviceaccount-controller",
  "endpointslice-controller",
  "node-lifecycle-controller",
];

export function etcd({ directory, port }: Layout): Command & { readonly url: string } {
  const url = `http://127.0.0.1:${port()}`;
  const peers = `http://127.0.0.1:${port()}`;
  const data = join(directory, "etcd");
  const args = [
    ...["--data-dir", data, "--unsafe-no-fsync", "--log-level", "warn"],
    ...["--listen-client-urls", url, "--advertise-client-urls", url],
    ...["--listen-peer-urls", peers],
    ...["--initial-advertise-peer-urls", peers, "--initial-cluster", `default=${peers}`],
  ];
  return { name: "etcd", url, args };
}

export function apiServer({ directory, apiPort }: Layout, etcdUrl: string): Command {
  const key = join(directory, "service-accounts.key");
  const args = [
    ...["--etcd-servers", etcdUrl, "--cert-dir", join(directory, "certificates")],
    ...["--secure-port", String(apiPort), "--bind-address", "127.0.0.1"],
    ...["--service-cluster-ip-range", "10.0.0.0/24", "--allow-privileged=true"],
    ...["--authorization-mode", "RBAC", "--token-auth-file", join(directory, "tokens.csv")],
    ...["--service-account-issuer", `https://127.0.0.1:${apiPort}`],
    ...["--service-account-key-file", key, "--service-account-signing-key-file", key],
    "--profiling=false",
  ];
  return { name: "kube-apiserver", args };
}

export function workloadProcesses(layout: Layout): readonly Command[] {
  const { directory, kubeconfig, port } = layout;
  const own = () => ["--secure-port", String(port()), "--bind-address", "127.0.0.1"];
  const cluster = ["--kubeconfig", kubeconfig];
  const key = join(directory, "service-accounts.key");
  return [
    {
      name: "kube-controller-manager",
      args: [
        ...cluster,
        ...own(),
        ...["--leader-elect=false", "--service-account-private-key-file", key],
        ...["--use-service-account-credentials=false", `--controllers=${controllers.join()}`],
      ],
    },
    { name: "kube-scheduler", args: [...cluster, ...own(), "--leader-elect=false"] },
    {
      name: "kwok",
      args: [
        ...cluster,
        // Without a lease the node counts as lost after 50 s, and its pods as not ready.
        ...["--manage-all-nodes=true", "--node-lease-duration-seconds=40"],
        ...["--config", join(directory, "stages.yaml")],
        ...["--server-address", `127.0.0.1:${port()}`],
      ],
    },
  ];
}
