import { expect, it } from "vitest";
import { deploymentController } from "../../simulator/controllers/deployment/index.ts";
import { replicaSetController } from "../../simulator/controllers/replica-set/index.ts";
import { ToyCluster } from "../../simulator/controllers/testing/cluster.ts";
import { kubectl } from "../kubectl.ts";
import { runAtOnce } from "../program.ts";
import { requestsOf } from "../requests.ts";
import { splitWords } from "../split-words.ts";
import { bareWorld } from "../world.ts";

/** Deployments `api` and `web`, of which `web` went from web:1 to web:2. */
function terminal() {
  const cluster = new ToyCluster([deploymentController, replicaSetController]);
  const world = bareWorld(requestsOf(cluster.api), () => cluster.kernel.now);
  const type = (command: string) => runAtOnce(kubectl(splitWords(command), world));
  cluster.deploy({ replicas: 1 });
  type("create deployment api --image=api:1");
  cluster.run(10_000);
  cluster.setImage("web:2");
  cluster.run(60_000);
  return type;
}

it("a type without a name means all of its objects", () => {
  const type = terminal();
  expect(type("rollout status deployment").stdout).toBe(
    'deployment "api" successfully rolled out\ndeployment "web" successfully rolled out\n',
  );
  expect(type("rollout history deploy").stdout).toContain("deployment.apps/web \nREVISION");
  expect(type("rollout pause deploy").stdout).toBe(
    "deployment.apps/api paused\ndeployment.apps/web paused\n",
  );
  expect(type("rollout resume deploy/web").code).toBe(0);
  expect(type("rollout undo deploy")).toMatchObject({
    code: 1,
    stdout: "deployment.apps/web rolled back\n",
    stderr: 'error: no rollout history found for deployment "api"\n',
  });
});

it.each([
  ["status", "No resources found in default namespace.\n"],
  ["pause", "No resources found in default namespace.\n"],
  ["resume", "No resources found in default namespace.\n"],
  ["restart", "No resources found in default namespace.\n"],
  ["history", ""],
  ["undo", ""],
])("rollout %s of nothing is no error", (subcommand, stderr) => {
  const told = terminal()(`rollout ${subcommand} deploy -l app=none`);
  expect(told).toMatchObject({ code: 0, stdout: "", stderr });
});

it("an object that cannot be worked on does not keep the others from their turn", () => {
  const type = terminal();
  expect(type("rollout status deploy/none deploy/web")).toMatchObject({
    code: 1,
    stdout: 'deployment "web" successfully rolled out\n',
    stderr: 'Error from server (NotFound): deployments.apps "none" not found\n',
  });
  expect(type("rollout status rs").stderr).toBe(
    "no status viewer has been implemented for ReplicaSet.apps\n".repeat(3),
  );
  expect(type("rollout resume deploy").stderr).toBe(
    'error: deployments.apps "api" is not paused\nerror: deployments.apps "web" is not paused\n',
  );
});

it.each([
  ["rollout history", "error: required resource not specified\n"],
  ["rollout status", "error: required resource not specified\n"],
  ["rollout status deploy/web --revision=-1", "error: revision must be a positive integer: -1\n"],
  ["rollout undo rs/web", 'Error from server (NotFound): replicasets.apps "web" not found\n'],
  [
    "rollout stat deploy/web",
    "error: unknown command \"stat deploy/web\"\nSee 'kubectl rollout -h' for help and examples\n",
  ],
  [
    "rollout status deploy/",
    "error: arguments in resource/name form must have a single resource and name\n",
  ],
  [
    "rollout status deploy/web/x",
    "error: arguments in resource/name form may not have more than one slash\n",
  ],
])("%s says what is wrong", (command, stderr) => {
  expect(terminal()(command).stderr).toBe(stderr);
});

it("history prints the ReplicaSets as -o wants them", () => {
  const type = terminal();
  const images = "jsonpath={.kind}:{.spec.template.spec.containers[0].image},";
  expect(type(`rollout history deploy/web -o ${images}`).stdout).toBe(
    "ReplicaSet:web:1,ReplicaSet:web:2,",
  );
  expect(type(`rollout history deploy/web --revision=1 -o ${images}`).stdout).toBe(
    "ReplicaSet:web:1,",
  );
  expect(type("rollout history deploy/web -o wide").stderr).toBe(
    'error: unable to match a printer suitable for the output format "wide", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml\n',
  );
});

it.each([
  ["", "", "helpers.go:702] --dry-run is deprecated"],
  ["=true", "", "helpers.go:716] --dry-run=true is deprecated (boolean value)"],
  ["=maybe", "error: Invalid dry-run value (maybe). Must be", ""],
])("--dry-run%s", (value, error, warning) => {
  const { stderr, stdout } = terminal()(`rollout undo deploy/web --dry-run${value}`);
  expect(stderr).toContain(error + warning);
  expect(stdout.endsWith(" (dry run)\n")).toBe(error === "");
});
