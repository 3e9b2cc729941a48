/* For tests: kubectl as somebody types it. */
import { BareCluster } from "./bare-cluster.ts";
import { kubectl } from "./kubectl.ts";
import { runAtOnce } from "./program.ts";
import { splitWords } from "./split-words.ts";

/** kubectl of a cluster without controllers to which manifests were applied at its beginning; `read` is what `-f` reads by its path. */
export function terminalOn(
  manifests: string,
  read: (path: string) => string | undefined = () => undefined,
) {
  const api = new BareCluster();
  api.apply([{ name: "a.yaml", text: manifests }]);
  const world = { api, now: () => 0, read, hasEditor: false };
  return (command: string) => runAtOnce(kubectl(splitWords(command), world));
}
