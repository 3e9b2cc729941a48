import { expect, it } from "vitest";
import { terminalOn } from "../testing.ts";

const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: words}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
`;

const terminal = () => terminalOn(MANIFESTS, () => MANIFESTS);

it("a budget is never unchanged: its selector is always sent", () => {
  expect(terminal()("apply -f a.yaml").stdout).toBe(
    [
      "deployment.apps/web unchanged",
      "service/web unchanged",
      "configmap/words unchanged",
      "poddisruptionbudget.policy/web configured",
      "",
    ].join("\n"),
  );
});

it.each([
  ["label deploy web app-", 'label "app" not found.\ndeployment.apps/web not labeled\n', ""],
  ["label svc web a=b c-", 'label "c" not found.\nservice/web labeled\n', ""],
  ["label deploy web a=b=c", "", "error: invalid label spec: a=b=c\n"],
  ["label deploy", "", "error: at least one label update is required\n"],
  [
    "patch deploy web -p '' ",
    "",
    "error: must specify --patch or --patch-file containing the contents of the patch\n",
  ],
  [
    'patch svc web --dry-run=server -p \'{"spec":{"selector":{"a":"b"}}}\'',
    "service/web patched\n",
    "",
  ],
  ["expose cm words --port=80", "", "error: cannot expose a ConfigMap\n"],
  ["expose deploy web --port=x", "", 'error: strconv.Atoi: parsing "x": invalid syntax\n'],
  [
    "autoscale svc web --max=2",
    "",
    "error: cannot autoscale a Service: could not find scale subresource for /v1, Resource=services in discovery information\n",
  ],
  [
    "delete cm --all -l a=b",
    "",
    "error: setting 'all' parameter but found a non empty selector. \n",
  ],
  [
    "delete cm words -o yaml",
    "",
    "error: unexpected -o output mode: yaml. We only support '-o name'\n",
  ],
  ["delete cm none --ignore-not-found", "", ""],
  ["delete cm --field-selector=metadata.name=words", 'configmap "words" deleted\n', ""],
  [
    "delete cm words --cascade=true",
    'configmap "words" deleted\n',
    "warning: --cascade=true is deprecated (boolean value) and can be replaced with --cascade=background.\n",
  ],
  [
    "wait deploy/web --for=condition=Available --timeout=0",
    "",
    "error: condition not met for deployments/web\n",
  ],
  ["wait deploy/web", "", 'error: unrecognized condition: ""\n'],
  [
    "wait deploy/web --for=jsonpath={.spec}=x",
    "",
    "error: jsonpath leads to a nested object or list which is not supported\n",
  ],
  ["create cm words", "", 'error: failed to create configmap: configmaps "words" already exists\n'],
  [
    "create ns default",
    "",
    'Error from server (AlreadyExists): namespaces "default" already exists\n',
  ],
  [
    "expose deploy web --port=80",
    "",
    'Error from server (AlreadyExists): services "web" already exists\n',
  ],
  [
    "apply -f a.yaml --force-conflicts",
    "",
    "error: --force-conflicts only works with --server-side\n",
  ],
  [
    "apply -f a.yaml --validate=so",
    "",
    'error: invalid - validate option "so"; must be one of: strict (or true), warn, ignore (or false)\n',
  ],
  [
    'patch deploy web --subresource=scale --type=merge -p \'{"spec":{"replicas":2}}\'',
    "scale.autoscaling/web patched\n",
    "",
  ],
  [
    "scale deploy/web --replicas=2147483648",
    "",
    'Error from server (BadRequest): Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal number 2147483648 into Go struct field ScaleSpec.spec.replicas of type int32\n',
  ],
  [
    "logs none",
    "",
    'error: error from server (NotFound): pods "none" not found in namespace "default"\n',
  ],
  ["scale deploy/web --replicas=5 -o jsonpath={.spec.replicas}", "1", ""],
  [
    "scale svc/web deploy/web --replicas=2",
    "",
    "Error from server (NotFound): the server could not find the requested resource\n",
  ],
  [
    "drain a --pod-selector==",
    "",
    "error: --pod-selector=<pod_selector> must be a valid label selector\n",
  ],
  [
    "cordon",
    "",
    "error: USAGE: cordon NODE [flags]\nSee 'kubectl cordon -h' for help and examples\n",
  ],
  ["explain nope", "", 'the server doesn\'t have a resource type "nope"\n'],
])("%s", (command, stdout, stderr) => {
  expect(terminal()(command)).toMatchObject({ stdout, stderr });
});

it("a label's last removal leaves none", () => {
  const type = terminal();
  type("label deploy web a=b");
  expect(type("label deploy web a-").stdout).toBe("deployment.apps/web unlabeled\n");
  expect(type("get deploy web -o jsonpath={.metadata.labels}").stdout).toBe("");
});

it("a label is refused at another version, and the value by its form", () => {
  const type = terminal();
  expect(type("label deploy web a=b --resource-version=1").stderr).toContain("(Conflict)");
  expect(type("label deploy web a='b c'").stderr).toContain(
    'invalid label value: "a=b c": a valid label',
  );
});
