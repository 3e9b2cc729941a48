/* kubectl set resources (pkg/cmd/set/set_resources.go). */
import { parseQuantity } from "../../simulator/index.ts";
import { each } from "../command/each.ts";
import { visit } from "../command/resolve.ts";
import type { Verb } from "../command/verb.ts";
import { KubectlError } from "../kubectl-error.ts";
import { change, CONTAINERS_FLAG, isChosen, podSpecOf, SET_FLAGS } from "./set-containers.ts";

export const setResources: Verb = {
  name: "resources",
  about: "Update resource requests/limits on objects with pod templates",
  usage: "(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]",
  flags: [
    ...SET_FLAGS,
    CONTAINERS_FLAG,
    { name: "limits", about: "cpu=200m,memory=512Mi" },
    { name: "requests", about: "cpu=100m,memory=256Mi" },
  ],
  *run(call) {
    const { flags } = call;
    const visited = visit(call);
    const wanted = (["limits", "requests"] as const).filter((kind) => flags.has(kind));
    if (wanted.length === 0) {
      throw new KubectlError(
        "you must specify an update to requests or limits (in the form of --requests/--limits)",
      );
    }
    const updates = wanted.map((kind) => [kind, quantities(flags.text(kind)!)] as const);
    return yield* each(visited, (info) => {
      const chosen = flags.text("containers") ?? "*";
      if (!podSpecOf(info).containers.some(isChosen(chosen))) {
        throw new KubectlError(`error: unable to find container named ${chosen}`);
      }
      return change(call, info, "resource requirements updated", (container) => {
        const resources = { ...container.resources };
        for (const [kind, values] of updates) resources[kind] = { ...resources[kind], ...values };
        return { ...container, resources };
      });
    });
  },
};

function quantities(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [name = "", value, ...more] = pair.split("=");
      if (value === undefined || more.length > 0) {
        throw new KubectlError(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      }
      const quantity = parseQuantity(value);
      if ("error" in quantity) throw new KubectlError(quantity.error);
      return [name, value];
    }),
  );
}
