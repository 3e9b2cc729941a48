import { expect, it } from "vitest";
import { ApiRouter, ApiServer, Kernel } from "../../simulator/index.ts";
import { kubectl } from "../kubectl.ts";
import { runAtOnce } from "../program.ts";
import { splitWords } from "../split-words.ts";

function terminal() {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  const world = { api: new ApiRouter(api), now: () => 0, read: () => undefined, hasEditor: false };
  const type = (command: string) => runAtOnce(kubectl(splitWords(command), world)).output;
  return { api, type };
}

it("a pod of an image, with what its container is given", () => {
  const { api, type } = terminal();
  const command =
    "run web --image=nginx:1.27 --port=80 --env=A=b=c -l app=web,tier=front --restart=Never -- -g 'daemon off;'";
  expect(type(command)).toBe("pod/web created\n");
  const { metadata, spec } = api.get("pods", "default", "web");
  expect(metadata.labels).toEqual({ app: "web", tier: "front" });
  expect(metadata.managedFields?.[0]?.manager).toBe("kubectl-run");
  expect(spec).toMatchObject({
    restartPolicy: "Never",
    containers: [
      {
        name: "web",
        image: "nginx:1.27",
        args: ["-g", "daemon off;"],
        env: [{ name: "A", value: "b=c" }],
        ports: [{ containerPort: 80 }],
      },
    ],
  });
  expect(type("run web --image=nginx")).toBe(
    'Error from server (AlreadyExists): pods "web" already exists\n',
  );
});

it("its label is its name, and a Service may come with it", () => {
  const { api, type } = terminal();
  expect(type("run web --image=nginx --port=80 --expose")).toBe(
    "service/web created\npod/web created\n",
  );
  expect(api.get("services", "default", "web").spec.selector).toEqual({ run: "web" });
});

it("a dry run sends nothing and prints what it would send", () => {
  const { api, type } = terminal();
  expect(type("run web --image=nginx --dry-run=client")).toBe("pod/web created (dry run)\n");
  const printed = type("run web --image=nginx --dry-run=client --command -o yaml -- sleep 5");
  expect(printed).toContain('  - command:\n    - sleep\n    - "5"\n    image: nginx\n');
  expect(api.list("pods")).toEqual([]);
});

it.each([
  ["run --image=nginx", "error: NAME is required for run\n"],
  ["run web", 'required flag(s) \\"image\\" not set'],
  ["run web --image=nginx --restart=Maybe", "error: invalid restart policy: Maybe\n"],
  ["run web --image=nginx --expose", "error: --port must be set when exposing a service\n"],
  ["run web -it --image=nginx", "is not simulated"],
  ["fly web --image=nginx", 'error: unknown command "fly" for "kubectl"\n'],
])("kubectl %s: %s", (command, message) => {
  expect(terminal().type(command)).toContain(message);
});
