import { expect, it } from "vitest";
import { deploymentController } from "../../simulator/controllers/deployment/index.ts";
import { replicaSetController } from "../../simulator/controllers/replica-set/index.ts";
import { ToyCluster } from "../../simulator/controllers/testing/cluster.ts";
import type { ApiRequest } from "../../simulator/index.ts";
import { kubectl } from "../kubectl.ts";
import { runAtOnce } from "../program.ts";
import { requestsOf } from "../requests.ts";
import { bareWorld } from "../world.ts";

/** A Deployment that went from web:1 to web:2. */
function updated() {
  const cluster = new ToyCluster([deploymentController, replicaSetController]);
  const server = requestsOf(cluster.api);
  const refusing: { patches?: string } = {};
  const handle = (request: ApiRequest) => {
    const { patches: message } = refusing;
    if (request.method !== "PATCH" || message === undefined) return server.handle(request);
    return { status: 403, body: { kind: "Status", reason: "Forbidden", message }, warnings: [] };
  };
  const world = bareWorld({ handle }, () => cluster.kernel.now);
  cluster.deploy({ replicas: 1 });
  cluster.run(10_000);
  cluster.setImage("web:2");
  cluster.run(60_000);
  const rollout = (subcommand: string, ...flags: string[]) =>
    runAtOnce(kubectl(["rollout", subcommand, "deployment/web", ...flags], world));
  const undo = (...flags: string[]) => rollout("undo", ...flags);
  const current = () => cluster.api.get("deployments", "default", "web");
  const refusePatches = (message: string) => (refusing.patches = message);
  return { cluster, rollout, undo, current, refusePatches };
}

it("goes back under the name of kubectl itself", () => {
  const { undo, current } = updated();
  expect(undo().output).toBe("deployment.apps/web rolled back\n");
  expect(current().spec.template.spec.containers[0]!.image).toBe("web:1");
  expect(current().metadata.managedFields!.map(({ manager }) => manager)).toContain("kubectl");
});

it("prints the object as it was before", () => {
  const { undo } = updated();
  expect(undo("-o", "jsonpath={.spec.template.spec.containers[0].image}").output).toBe("web:2");
});

it("shows the template of a dry run, and leaves the Deployment as it is", () => {
  const { undo, current } = updated();
  const { output } = undo("--dry-run=client");
  expect(output).toMatch(
    /^deployment\.apps\/web Pod Template:\n {2}Labels:\tapp=web\n\tpod-template-hash=\w+\n/,
  );
  expect(output).toMatch(/Image:\tweb:1\n[^]*\n \(dry run\)\n$/);
  expect(undo("--dry-run=server").output).toBe(
    "deployment.apps/web rolled back (server dry run)\n",
  );
  expect(current().spec.template.spec.containers[0]!.image).toBe("web:2");
});

it("says what it was about when the server refuses", () => {
  const { rollout, undo, refusePatches } = updated();
  refusePatches("not you");
  expect(undo("--to-revision=1").stderr).toBe("error: failed restoring revision 1: not you\n");
  expect(rollout("restart").stderr).toBe("error: failed to patch: not you\n");
});

it.each([
  ["undo", "--field-manager=me"],
  ["undo", "--record"],
  ["restart", "--dry-run=server"],
  ["pause", "--dry-run=client"],
  ["resume", "--record"],
])("%s has no flag %s", (subcommand, flag) => {
  const { rollout } = updated();
  const [name] = flag.split("=");
  expect(rollout(subcommand, flag).stderr).toContain(`error: unknown flag: ${name}\n`);
});

it("restarts once a second", () => {
  const { cluster, rollout } = updated();
  expect(rollout("restart").code).toBe(0);
  expect(rollout("restart").stderr).toBe(
    "error: failed to create patch for web: if restart has already been triggered within the past second, please wait before attempting to trigger another\n",
  );
  cluster.run(1000);
  expect(rollout("restart").code).toBe(0);
});
