import { describe, expect, it } from "vitest";
import { fullImageName } from "./container-status.ts";
import { testNode, web } from "./test-node.ts";

const texts = (node: ReturnType<typeof testNode>) =>
  node.events.map(({ atMs, event }) => [Math.floor(atMs / 1000), event.reason, event.message]);

describe("an image that no registry has", () => {
  const image = "127.0.0.1:5000/web:nosuch";
  const why = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;

  it("is pulled again after 10, 20 and 40 s, and says so in Kubernetes' words", () => {
    const node = testNode({ images: [{ name: image, exists: false }] });
    node.run({ containers: [web({ image })] });
    node.kernel.runUntil(80_000);
    const said = texts(node);
    expect(said.slice(0, 5)).toEqual([
      [0, "Pulling", `Pulling image "${image}"`],
      [0, "Failed", `Failed to pull image "${image}": ${why}`],
      [0, "Failed", "Error: ErrImagePull"],
      [1, "BackOff", `Back-off pulling image "${image}"`],
      [1, "Failed", "Error: ImagePullBackOff"],
    ]);
    const pulls = said.filter(([, reason]) => reason === "Pulling").map(([second]) => second);
    expect(pulls).toEqual([0, 11, 31, 71]);
    expect(node.decided("kubelet.image-pull-failed").map((d) => d.values.backoffSeconds)).toEqual([
      10, 20, 40, 80,
    ]);
  });

  it("shows in the status one sync later", () => {
    const node = testNode({ images: [{ name: image, exists: false }] });
    node.run({ containers: [web({ image })] });
    node.kernel.runUntil(5000);
    const waiting = () => node.pod().status.containerStatuses?.[0]?.state.waiting;
    expect(waiting()).toEqual({ reason: "ErrImagePull", message: why });
    node.kernel.runUntil(15_000);
    expect(waiting()).toEqual({
      reason: "ImagePullBackOff",
      message: `Back-off pulling image "${image}": ErrImagePull: ${why}`,
    });
    expect(node.pod().status.phase).toBe("Pending");
  });
});

describe("pulls", () => {
  const images = [
    { name: "web:v1", pullMs: 4000 },
    { name: "api:v1", pullMs: 3000 },
  ];

  it("are made one after the other on a node, each image once", () => {
    const node = testNode({ images });
    node.run({ containers: [web()] }, "a");
    node.run({ containers: [web({ image: "api:v1" })] }, "b");
    node.kernel.runUntil(9000);
    node.run({ containers: [web()] }, "c");
    node.kernel.runUntil(12_000);
    const pulled = texts(node).filter(([, reason]) => reason === "Pulled");
    expect(pulled.map(([second]) => second)).toEqual([4, 7, 9]);
    expect(pulled[0]![2]).toMatch(
      /^Successfully pulled image "web:v1" in 4s \(4s including waiting\)\. Image size: \d+ bytes\.$/,
    );
    expect(pulled[1]![2]).toContain("in 3s (7s including waiting)");
    expect(pulled[2]![2]).toBe('Container image "web:v1" already present on machine');
    expect(node.phases.filter((p) => p.phase === "pulling")).toHaveLength(2);
  });

  it("of a pod that is deleted meanwhile do not start it", () => {
    const node = testNode({ images });
    node.run({ terminationGracePeriodSeconds: 30, containers: [web()] });
    node.kernel.runUntil(2000);
    node.api.delete("pods", "default", "web");
    node.kernel.runUntil(20_000);
    expect(node.events.some(({ event }) => event.reason === "Started")).toBe(false);
    expect(node.kubelet.state.pods.size).toBe(0);
  });

  it("are not made under the policy Never", () => {
    const node = testNode({ images });
    node.run({ containers: [web({ imagePullPolicy: "Never" })] });
    node.kernel.runUntil(2000);
    expect(texts(node).slice(0, 2)).toEqual([
      [0, "ErrImageNeverPull", 'Container image "web:v1" is not present with pull policy of Never'],
      [0, "Failed", "Error: ErrImageNeverPull"],
    ]);
  });

  it("are made each time under the policy Always", () => {
    const node = testNode();
    node.run({ containers: [web({ imagePullPolicy: "Always" })] });
    node.kernel.runUntil(2000);
    expect(texts(node)[0]).toEqual([0, "Pulling", 'Pulling image "web:v1"']);
    expect(node.pod().status.phase).toBe("Running");
  });

  it("are not tried for a name that can not be", () => {
    const node = testNode();
    node.run({ containers: [web({ image: "Web:V1" })] });
    node.kernel.runUntil(500);
    const message =
      'Failed to apply default image tag "Web:V1": couldn\'t parse image name "Web:V1": invalid reference format: repository name (library/Web) must be lowercase';
    expect(texts(node)).toEqual([
      [0, "InspectFailed", message],
      [0, "Failed", "Error: InvalidImageName"],
    ]);
  });
});

it.each([
  ["nginx", "docker.io/library/nginx:latest"],
  ["nginx:1.25", "docker.io/library/nginx:1.25"],
  ["local/web:v1", "docker.io/local/web:v1"],
  ["registry.example.test/web:v9", "registry.example.test/web:v9"],
  ["127.0.0.1:5000/web", "127.0.0.1:5000/web:latest"],
])("%s in full is %s", (image, full) => {
  expect(fullImageName(image)).toBe(full);
});
