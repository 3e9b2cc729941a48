/* Commands about the cluster and kubectl itself: version, cluster-info, config, api-resources, api-versions, auth can-i. */
import { apiVersionOf, servedKinds } from "../../simulator/index.ts";
import { allKinds, kindByWord, resourceName } from "../kinds.ts";
import { KubectlError } from "../kubectl-error.ts";
import { TabWriter } from "../print/tab-writer.ts";
import { toYaml } from "../output/yaml.ts";
import type { Verb } from "../command/verb.ts";

const CLIENT_VERSION = "v1.32.4";
const SERVER_VERSION = "v1.32.13";
const KUSTOMIZE_VERSION = "v5.5.0";
const CONTEXT = "rollout-lab";
const ADDRESS = "https://127.0.0.1:6443";

export const version: Verb = {
  name: "version",
  about: "Print the client and server version information",
  flags: [
    { name: "client", type: "bool", about: "asks no server" },
    { name: "output", short: "o", about: "yaml or json" },
  ],
  *run({ flags }) {
    const client = { gitVersion: CLIENT_VERSION, platform: "linux/amd64" };
    const all = {
      clientVersion: client,
      kustomizeVersion: KUSTOMIZE_VERSION,
      ...(flags.isOn("client") ? {} : { serverVersion: { ...client, gitVersion: SERVER_VERSION } }),
    };
    const format = flags.text("output");
    if (format === "json") yield { stdout: `${JSON.stringify(all, null, 2)}\n` };
    else if (format === "yaml") yield { stdout: toYaml(all) };
    else if (format !== undefined) throw new KubectlError(`--output must be 'yaml' or 'json'`);
    else {
      yield {
        stdout: `Client Version: ${CLIENT_VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}\n`,
      };
      if (!flags.isOn("client")) yield { stdout: `Server Version: ${SERVER_VERSION}\n` };
    }
    return 0;
  },
};

export const clusterInfo: Verb = {
  name: "cluster-info",
  about: "Display cluster information",
  *run() {
    yield {
      stdout: `Kubernetes control plane is running at ${ADDRESS}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`,
    };
    return 0;
  },
};

const KUBECONFIG = {
  apiVersion: "v1",
  clusters: [{ cluster: { server: ADDRESS }, name: CONTEXT }],
  contexts: [{ context: { cluster: CONTEXT, user: CONTEXT }, name: CONTEXT }],
  "current-context": CONTEXT,
  kind: "Config",
  preferences: {},
  users: [{ name: CONTEXT, user: {} }],
};

export const config: Verb = {
  name: "config",
  about: "Modify kubeconfig files",
  usage: "SUBCOMMAND",
  intro: "Shows the only context that there is. It cannot be changed here.",
  verbs: [
    {
      name: "current-context",
      about: "Display the current-context",
      *run() {
        yield { stdout: `${CONTEXT}\n` };
        return 0;
      },
    },
    {
      name: "get-contexts",
      about: "Describe one or many contexts",
      *run() {
        const rows = [
          ["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"],
          ["*", CONTEXT, CONTEXT, CONTEXT, ""],
        ];
        yield { stdout: `${new TabWriter().write(rows).join("\n")}\n` };
        return 0;
      },
    },
    {
      name: "view",
      about: "Display merged kubeconfig settings or a specified kubeconfig file",
      flags: [{ name: "minify", type: "bool", about: "the current context only" }],
      *run() {
        yield { stdout: toYaml(KUBECONFIG) };
        return 0;
      },
    },
  ],
};

export const apiResources: Verb = {
  name: "api-resources",
  about: "Print the supported API resources on the server",
  flags: [
    { name: "api-group", about: "resources of this group only" },
    {
      name: "namespaced",
      type: "bool",
      about: "those in namespaces only, or with =false the others",
    },
    { name: "no-headers", type: "bool", about: "no line of headings" },
    { name: "output", short: "o", about: "name or wide" },
    { name: "sort-by", about: "name or kind", missing: true },
    { name: "verbs", about: "those with these verbs", missing: true },
    { name: "categories", about: "those of these categories: all" },
  ],
  *run({ flags }) {
    const group = flags.text("api-group");
    const namespaced = flags.text("namespaced");
    const categories = flags.list("categories");
    const kinds = allKinds()
      .filter((kind) => group === undefined || kind.group === group)
      .filter((kind) => namespaced === undefined || String(kind.namespaced) === namespaced)
      .filter((kind) => categories.every((one) => kind.categories?.includes(one)));
    if (flags.text("output") === "name") {
      yield { stdout: kinds.map((kind) => `${resourceName(kind)}\n`).join("") };
      return 0;
    }
    const rows = kinds.map((kind) => [
      kind.plural,
      kind.shortNames.join(","),
      apiVersionOf(kind),
      String(kind.namespaced),
      kind.kind,
    ]);
    const head = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"];
    const lines = new TabWriter().write(flags.isOn("no-headers") ? rows : [head, ...rows]);
    yield { stdout: `${lines.join("\n")}\n` };
    return 0;
  },
};

export const apiVersions: Verb = {
  name: "api-versions",
  about: 'Print the supported API versions on the server, in the form of "group/version"',
  *run() {
    const versions = [...new Set(servedKinds().map(apiVersionOf))].sort();
    yield { stdout: `${versions.join("\n")}\n` };
    return 0;
  },
};

export const auth: Verb = {
  name: "auth",
  about: "Inspect authorization",
  usage: "SUBCOMMAND",
  intro: "Everybody may do everything here.",
  verbs: [
    {
      name: "can-i",
      about: "Check whether an action is allowed",
      usage: "VERB [TYPE | TYPE/NAME]",
      *run({ words }) {
        if (words.length < 2) {
          throw new KubectlError(
            "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
          );
        }
        if (words[1] !== "*") kindByWord(words[1]!.split("/")[0]!);
        yield { stdout: "yes\n" };
        return 0;
      },
    },
  ],
};
