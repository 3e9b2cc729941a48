import { describe, expect, it } from "vitest";
import { BareCluster } from "./bare-cluster.ts";

const JOB = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {parallelism: 1}\n";

const ROLLOUT = `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1"}]}
`;

const ROUTE = (backend: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec: {parentRefs: [{name: gate}], rules: [{backendRefs: [${backend}]}]}
`;

const GATE = `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gate}
spec:
  gatewayClassName: lab
  listeners: [{name: http, port: 80, protocol: HTTP}, {name: http, port: 81, protocol: HTTP}]
`;

const DEPLOYMENT = ROLLOUT.replace("argoproj.io/v1alpha1", "apps/v1").replace(
  "Rollout",
  "Deployment",
);

const REPLICAS_AS_TEXT =
  'The Rollout "web" is invalid: spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"\n';

const RULES_NOT_CHECKED =
  '* <nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation\n';

const NAMED = (kind: string, metadata: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: ${metadata}\n`;

/** What is said of manifests that are applied one after the other. */
function told(...texts: string[]): string[] {
  const cluster = new BareCluster();
  return texts.map((text) => cluster.apply([{ name: "a.yaml", text }]).output);
}

describe("a kind that is not simulated", () => {
  it("is kept as it comes", () => {
    expect(told(JOB, JOB, JOB.replace("1}", "2}"))).toEqual([
      "job.batch/once created\n",
      "job.batch/once unchanged\n",
      "job.batch/once configured\n",
    ]);
  });

  it("has its own spelling", () => {
    expect(told(JOB.replace("Job", "job"))[0]).toBe(
      'Error from server (BadRequest): error when creating "a.yaml": job in version "v1" cannot be handled as a Job: no kind "job" is registered for version "batch/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"\n',
    );
  });

  it("stands beside the others", () => {
    const cluster = new BareCluster();
    const { stdout } = cluster.apply([
      { name: "a.yaml", text: `${JOB}---\n${ROLLOUT}` },
      { name: "b,c.yaml", text: NAMED("ConfigMap", "{name: words}") },
    ]);
    expect(stdout).toBe(
      "job.batch/once created\nrollout.argoproj.io/web created\nconfigmap/words created\n",
    );
    const names = cluster.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names).toEqual(expect.arrayContaining(["Job once", "Rollout web", "ConfigMap words"]));
  });
});

describe("what kubectl says of a manifest", () => {
  it.each([
    [
      "a custom object that stands so already",
      [ROLLOUT, ROLLOUT],
      "rollout.argoproj.io/web unchanged\n",
    ],
    [
      "a namespace that is not there",
      [NAMED("ConfigMap", "{name: a, namespace: shop}")],
      'Error from server (NotFound): error when creating "a.yaml": namespaces "shop" not found\n',
    ],
    [
      "a namespace that is",
      [NAMED("Namespace", "{name: shop}"), NAMED("ConfigMap", "{name: a, namespace: shop}")],
      "configmap/a created\n",
    ],
    [
      "a namespace for what is in none",
      [NAMED("Namespace", "{name: shop, namespace: other}")],
      "namespace/shop created\n",
    ],
    [
      "a version of an object that is to be created",
      [NAMED("ConfigMap", '{name: a, resourceVersion: "7"}')],
      'Error from server: error when creating "a.yaml": resourceVersion should not be set on objects to be created\n',
    ],
    [
      "a wrong value beside that",
      [NAMED("ConfigMap", '{name: A, resourceVersion: "7"}')],
      /^The ConfigMap "A" is invalid: metadata.name: Invalid value: "A": /,
    ],
    [
      "a name that a path cannot have",
      [NAMED("ConfigMap", "{name: a/b%}")],
      /^error: error when retrieving [^]* invalid resource name "a\/b%": \[may not contain '\/' may not contain '%'\]\n$/,
    ],
    [
      "a wrong type in a custom object",
      [ROLLOUT.replace("replicas: 3", 'replicas: "3"')],
      REPLICAS_AS_TEXT,
    ],
    [
      "a wrong type in the change of one",
      [ROLLOUT, ROLLOUT.replace("replicas: 3", 'replicas: "3"')],
      REPLICAS_AS_TEXT,
    ],
    [
      "a field that is unknown beside that",
      [ROLLOUT, ROLLOUT.replace("replicas: 3", 'replicas: "3"\n  replica: 3')],
      /for: "a\.yaml": error when patching "a\.yaml": strict decoding error: unknown field "spec\.replica"\n$/,
    ],
    [
      "every wrong type where the schema has rules, which then wait",
      [ROUTE('{name: web, port: "80", weight: "5"}')],
      `The HTTPRoute "web" is invalid: \n* spec.rules[0].backendRefs[0].port: Invalid value: "string": spec.rules[0].backendRefs[0].port in body must be of type integer: "string"\n* spec.rules[0].backendRefs[0].weight: Invalid value: "string": spec.rules[0].backendRefs[0].weight in body must be of type integer: "string"\n${RULES_NOT_CHECKED}`,
    ],
    [
      "a field that such a schema needs",
      [ROUTE("{port: 80}")],
      `The HTTPRoute "web" is invalid: \n* spec.rules[0].backendRefs[0].name: Required value\n${RULES_NOT_CHECKED}`,
    ],
    [
      "its metadata beside that",
      [ROLLOUT.replace("replicas: 3", 'replicas: "3"').replace("name: web", "name: Web")],
      /^The Rollout "Web" is invalid: \n\* metadata\.name: Invalid value: "Web": [^]*\n\* spec\.replicas: Invalid value: "string": /,
    ],
    [
      "a custom object without a spec",
      [ROUTE("{}").replace(/spec: .*/, "spec: null")],
      `The HTTPRoute "web" is invalid: \n* spec: Required value\n${RULES_NOT_CHECKED}`,
    ],
    [
      "a spec that is taken from a custom object",
      [ROLLOUT, ROLLOUT.replace(/spec:[^]*/, "")],
      'The Rollout "web" is invalid: spec: Required value\n',
    ],
    [
      "a list of a custom object with a key twice",
      [GATE],
      'The Gateway "gate" is invalid: \n* spec.listeners[1]: Duplicate value: map[string]interface {}{"name":"http"}\n* spec.listeners: Invalid value: "array": Listener name must be unique within the Gateway\n',
    ],
    [
      "a selector that is gone",
      [DEPLOYMENT, DEPLOYMENT.replace("  selector: {matchLabels: {app: web}}\n", "")],
      /\* spec\.selector: Invalid value: "null": field is immutable\n$/,
    ],
    [
      "a container that has lost its name",
      [DEPLOYMENT, DEPLOYMENT.replace("{name: web, image", "{image")],
      /^(warning: error calculating patch from openapi( v3)? spec: (map: map\[image:web:1\] does not contain declared merge key: name)\n){2}error: error when applying patch:\n\nto:\nResource: [^\n]*\nName: "web", Namespace: "default"\nfor: "a\.yaml": error when patching "a\.yaml": creating patch with:\noriginal:\n\{.*\}\n\nmodified:\n\{.*\}\n\ncurrent:\n\{.*\}\n\nfor:: \3\n$/,
    ],
    [
      "a pod whose name is no host's",
      [
        "apiVersion: v1\nkind: Pod\nmetadata: {name: a.b}\nspec: {containers: [{name: a, image: b}]}\n",
      ],
      /Warning: metadata\.name: this is used in the Pod's hostname, [^\n]*: \[must not contain dots\]\n/,
    ],
    [
      "text that is no YAML",
      ["a: [\n"],
      /^error: error parsing a\.yaml: error converting YAML to JSON: /,
    ],
  ])("of %s", (_, texts, said) => {
    const last = told(...texts).at(-1);
    if (typeof said === "string") expect(last).toBe(said);
    else expect(last).toMatch(said);
  });
});
