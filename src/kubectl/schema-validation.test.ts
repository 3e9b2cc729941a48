import { expect, it } from "vitest";
import { BareCluster } from "./bare-cluster.ts";

const CONFIG = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };

const deployment = (spec: object, container: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: { containers: [{ name: "web", image: "web:1", ...container }] },
    },
    ...spec,
  },
});

/** What is said of a List, from behind what all such errors begin with. */
function told(...items: unknown[]): string {
  const text = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const { output } = new BareCluster().apply([{ name: "a.yaml", text }]);
  return output
    .replace('error: error validating "a.yaml": error validating data: ', "")
    .replace(
      "; if you choose to ignore these errors, turn validation off with --validate=false",
      "",
    )
    .trimEnd();
}

it.each<[string, unknown[], string]>([
  [
    "what can be",
    [CONFIG, deployment({})],
    "configmap/settings created\ndeployment.apps/web created",
  ],
  [
    "one bad object, which keeps the others from being applied",
    [CONFIG, deployment({ replica: 3 })],
    'ValidationError(Deployment.spec): unknown field "replica" in io.k8s.api.apps.v1.DeploymentSpec',
  ],
  [
    "several errors",
    [deployment({ replicas: "3", selector: undefined }, { command: "run", ports: [{}] })],
    '[ValidationError(Deployment.spec.replicas): invalid type for io.k8s.api.apps.v1.DeploymentSpec.replicas: got "string", expected "integer", ' +
      'ValidationError(Deployment.spec.template.spec.containers[0].command): invalid type for io.k8s.api.core.v1.Container.command: got "string", expected "array", ' +
      'ValidationError(Deployment.spec.template.spec.containers[0].ports[0]): missing required field "containerPort" in io.k8s.api.core.v1.ContainerPort, ' +
      'ValidationError(Deployment.spec): missing required field "selector" in io.k8s.api.apps.v1.DeploymentSpec]',
  ],
  [
    "metadata and a struct that are something else",
    [{ ...deployment({}, { resources: "small" }), metadata: { name: "web", label: {} } }],
    '[ValidationError(Deployment.metadata): unknown field "label" in io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta, ' +
      'ValidationError(Deployment.spec.template.spec.containers[0].resources): invalid type for io.k8s.api.core.v1.ResourceRequirements: got "string", expected "map"]',
  ],
  ["an item without a kind", [{ ...CONFIG, kind: undefined }], "kind not set"],
  [
    "a number for a text, which the server has a word about",
    [{ ...CONFIG, data: { a: 1 } }],
    'Error from server (BadRequest): error when creating "a.yaml": ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
  ],
])("a List with %s", (_, items, said) => {
  expect(told(...items)).toBe(said);
});

it("needs items", () => {
  const text = "apiVersion: v1\nkind: List\n";
  expect(new BareCluster().apply([{ name: "a.yaml", text }]).output).toContain(
    "error validating data: invalid object to validate;",
  );
});
