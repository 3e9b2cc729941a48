import { expect, it } from "vitest";
import { deploymentController } from "../../simulator/controllers/deployment/index.ts";
import { replicaSetController } from "../../simulator/controllers/replica-set/index.ts";
import { ToyCluster } from "../../simulator/controllers/testing/cluster.ts";
import { kubectl } from "../kubectl.ts";
import { runAtOnce } from "../program.ts";
import { requestsOf } from "../requests.ts";
import { bareWorld } from "../world.ts";

/** A Deployment that went from web:1 to web:2. */
function updated() {
  const cluster = new ToyCluster([deploymentController, replicaSetController]);
  const world = bareWorld(requestsOf(cluster.api), () => cluster.kernel.now);
  cluster.deploy({ replicas: 1 });
  cluster.run(10_000);
  cluster.setImage("web:2");
  cluster.run(60_000);
  const undo = (...flags: string[]) =>
    runAtOnce(kubectl(["rollout", "undo", "deployment/web", ...flags], world));
  const current = () => cluster.api.get("deployments", "default", "web");
  return { undo, current };
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
