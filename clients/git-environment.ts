// What git needs to reach a proxy and trust a company's certificates; tokens and everything that
// would make it write headers into a log (GIT_TRACE…) stay out.
const inherited =
  /^(path|home|userprofile|systemroot|windir|pathext|temp|tmp|tmpdir|(https?|no|all)_proxy|ssl_cert_(file|dir)|git_ssl_(cainfo|capath|no_verify)|git_config_(global|system|nosystem)|git_exec_path)$/i;

type Options = {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly outer?: Readonly<Record<string, string | undefined>>;
};

/** The token goes by GIT_CONFIG_*: not in arguments, which other processes can see, nor in files. */
export function gitEnvironment(options: Options): Readonly<Record<string, string>> {
  const { url, authorization, outer = process.env } = options;
  const config: readonly (readonly [string, string])[] = [
    ["credential.helper", ""],
    ["core.askPass", ""],
    ["http.followRedirects", "false"],
    // An empty value first drops what a checkout with persisted credentials may have left.
    ["http.extraHeader", ""],
    ...(authorization === undefined
      ? []
      : ([[`http.${url}.extraHeader`, `Authorization: ${authorization}`]] as const)),
    ["gc.auto", "0"],
    ["maintenance.auto", "false"],
    ["core.hooksPath", "/dev/null"],
    ["commit.gpgSign", "false"],
    ["push.gpgSign", "false"],
    ["protocol.allow", "never"],
    ["protocol.https.allow", "always"],
    ["protocol.http.allow", "always"],
    ["protocol.file.allow", "user"],
  ];
  const kept = Object.entries(outer).flatMap(([name, value]) =>
    inherited.test(name) && value !== undefined ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(
      config.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(config.length),
    GIT_TERMINAL_PROMPT: "0",
    // Messages are matched by their codes and a few English words.
    LC_ALL: "C",
  };
}
