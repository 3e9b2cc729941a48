/* kubectl set (pkg/cmd/set), and set image (set_image.go). */
import { each } from "../command/each.ts";
import { visit } from "../command/resolve.ts";
import type { Verb } from "../command/verb.ts";
import { aggregate, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";
import { change, podSpecOf, SET_FLAGS } from "./set-containers.ts";
import { setEnv } from "./set-env.ts";
import { setResources } from "./set-resources.ts";
import { setSelector, setServiceAccount } from "./set-selector.ts";

const setImage: Verb = {
  name: "image",
  about: "Update the image of a pod template",
  usage:
    "(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N",
  flags: SET_FLAGS,
  *run(call) {
    const pairs = call.words.filter((word) => word.includes("="));
    const words = call.words.filter((word) => !word.includes("="));
    const visited = visit(call, { words });
    if (pairs.length === 0) throw new KubectlError("at least one image update is required");
    const images = pairs.map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
    return yield* each(visited, (info) => {
      const { containers, initContainers = [] } = podSpecOf(info);
      const names = new Set([...containers, ...initContainers].map(({ name }) => name));
      const unknown = images.filter(([name]) => name !== "*" && !names.has(name));
      const program = change(call, info, "image updated", (container) => {
        const image = images.findLast(([name]) => name === "*" || name === container.name)?.[1];
        return image === undefined ? container : { ...container, image };
      });
      return withErrors(
        program,
        unknown.map(([name]) => `error: unable to find container named ${JSON.stringify(name)}`),
      );
    });
  },
};

/** The containers that are there are changed, whatever else was asked for. */
function* withErrors(program: Program, errors: readonly string[]): Program {
  const code = yield* program;
  const error = aggregate(errors);
  if (error !== undefined) throw error;
  return code;
}

export const set: Verb = {
  name: "set",
  about: "Set specific features on objects",
  intro: "Changes one part of objects that exist already: images, variables, resources, selectors.",
  usage: "SUBCOMMAND [options]",
  verbs: [setEnv, setImage, setResources, setSelector, setServiceAccount],
};
