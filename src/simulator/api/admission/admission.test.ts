import { describe, expect, it } from "vitest";
import { Kernel } from "../../kernel/kernel.ts";
import { systemPriorityClasses } from "../resources/scheduling.ts";
import { ApiServer } from "../server.ts";
import type { Pod, PodSpec, PriorityClass } from "../types.ts";

function server(...classes: Partial<PriorityClass>[]): ApiServer {
  const api = new ApiServer(new Kernel(1));
  api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } });
  for (const one of systemPriorityClasses) api.create("priorityclasses", one);
  for (const one of classes) addClass(api, one);
  return api;
}

function addClass(api: ApiServer, one: Partial<PriorityClass>): PriorityClass {
  return api.create(
    "priorityclasses",
    {
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name: "high" },
      value: 1000,
      ...one,
    },
    { validate: true },
  );
}

function create(api: ApiServer, spec: Partial<PodSpec>, metadata: object = { name: "web" }): Pod {
  return api.create("pods", {
    apiVersion: "v1",
    kind: "Pod",
    metadata,
    spec: { containers: [{ name: "web", image: "web:1" }], ...spec },
    status: {},
  });
}

const priorityOf = ({ spec }: Pod) => [
  spec.priorityClassName,
  spec.priority,
  spec.preemptionPolicy,
];

describe("a pod's priority", () => {
  it.each<[string, Partial<PriorityClass>[], Partial<PodSpec>, unknown[]]>([
    ["none", [{}], {}, [undefined, 0, "PreemptLowerPriority"]],
    [
      "that of its class",
      [{}],
      { priorityClassName: "high" },
      ["high", 1000, "PreemptLowerPriority"],
    ],
    [
      "with a class that does not preempt",
      [{ preemptionPolicy: "Never" }],
      { priorityClassName: "high" },
      ["high", 1000, "Never"],
    ],
    [
      "that of the class for all pods without one",
      [{}, { metadata: { name: "usual" } as never, value: 10, globalDefault: true }],
      {},
      ["usual", 10, "PreemptLowerPriority"],
    ],
    [
      "of a class of the system, in any namespace",
      [],
      { priorityClassName: "system-node-critical" },
      ["system-node-critical", 2_000_001_000, "PreemptLowerPriority"],
    ],
    [
      "given as its class has it",
      [{}],
      { priorityClassName: "high", priority: 1000 },
      ["high", 1000, "PreemptLowerPriority"],
    ],
    [
      "less than none",
      [{ value: -5 }],
      { priorityClassName: "high" },
      ["high", -5, "PreemptLowerPriority"],
    ],
  ])("%s", (_, classes, spec, expected) => {
    expect(priorityOf(create(server(...classes), spec))).toEqual(expected);
  });

  it.each<[string, Partial<PodSpec>, string]>([
    ["no such class", { priorityClassName: "top" }, "no PriorityClass with name top was found"],
    [
      "a number of its own",
      { priorityClassName: "high", priority: 1 },
      "the integer value of priority (1) must not be provided in pod spec; priority admission controller computed 1000 from the given PriorityClass name",
    ],
    [
      "a number without a class",
      { priority: 1 },
      "the integer value of priority (1) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name",
    ],
    [
      "a policy of its own",
      { priorityClassName: "high", preemptionPolicy: "Never" },
      "the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name",
    ],
  ])("is refused: %s", (_, spec, why) => {
    const api = server({});
    expect(() => create(api, spec)).toThrow(`pods "web" is forbidden: ${why}`);
    expect(() => create(api, spec, { generateName: "web-5d8-" })).toThrow(
      `pods "web-5d8-" is forbidden: ${why}`,
    );
    expect(api.list("pods")).toEqual([]);
  });

  it("stays with the pod when its class goes, changes or comes anew", () => {
    const api = server({});
    const pod = create(api, { priorityClassName: "high" });
    api.delete("priorityclasses", "", "high");
    addClass(api, { value: 5 });
    const { priority: _, ...spec } = pod.spec;
    api.update("pods", { ...pod, spec, metadata: { ...pod.metadata, labels: { a: "b" } } });
    expect(api.get("pods", "default", "web").spec.priority).toBe(1000);
    expect(create(api, { priorityClassName: "high" }, { name: "next" }).spec.priority).toBe(5);
  });
});

describe("classes of priority", () => {
  it("only one counts for all pods", () => {
    const api = server({ globalDefault: true });
    const second = { metadata: { name: "usual" } as never, globalDefault: true };
    const why =
      'priorityclasses.scheduling.k8s.io "usual" is forbidden: PriorityClass high is already marked as default. Only one default can exist';
    expect(() => addClass(api, second)).toThrow(why);
    const usual = addClass(api, { ...second, globalDefault: false });
    expect(() => api.update("priorityclasses", { ...usual, globalDefault: true })).toThrow(why);
    const high = api.get("priorityclasses", "", "high");
    api.update("priorityclasses", { ...high, description: "For the shop." });
    api.delete("priorityclasses", "", "high");
    api.update("priorityclasses", { ...usual, globalDefault: true });
    expect(create(api, {}).spec.priorityClassName).toBe("usual");
  });

  it("those of the system stay", () => {
    expect(() => server().delete("priorityclasses", "", "system-node-critical")).toThrow(
      'priorityclasses.scheduling.k8s.io "system-node-critical" is forbidden: this is a system priority class and cannot be deleted',
    );
  });

  it("their value and policy do not change", () => {
    const api = server({});
    const high = api.get("priorityclasses", "", "high");
    const next = { ...high, value: 2, preemptionPolicy: "Never", description: "New." };
    expect(() => api.update("priorityclasses", next, { validate: true })).toThrow(
      'PriorityClass.scheduling.k8s.io "high" is invalid: [value: Forbidden: may not be changed in an update., preemptionPolicy: Invalid value: "Never": field is immutable]',
    );
  });
});

describe("a pod's service account", () => {
  const account = (api: ApiServer, fields: object = {}) =>
    api.create("serviceaccounts", {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "shop" },
      ...fields,
    });

  it("has to be there", () => {
    const api = server();
    const spec = { serviceAccountName: "shop" };
    expect(() => create(api, spec, { generateName: "web-5d8-" })).toThrow(
      'pods "web-5d8-" is forbidden: error looking up service account default/shop: serviceaccount "shop" not found',
    );
    account(api);
    expect(create(api, spec).spec).toMatchObject({ ...spec, serviceAccount: "shop" });
  });

  it("is looked for before its class of priority", () => {
    const spec = { serviceAccountName: "shop", priorityClassName: "top" };
    expect(() => create(server(), spec)).toThrow("error looking up service account default/shop");
  });

  it("is default when none is named, and may be named in the old field", () => {
    const api = server();
    account(api);
    const named = { serviceAccountName: "default", serviceAccount: "default" };
    expect(create(api, {}).spec).toMatchObject(named);
    expect(create(api, { serviceAccount: "shop" }, { name: "old" }).spec).toMatchObject({
      serviceAccountName: "shop",
      serviceAccount: "shop",
    });
  });

  it("gives its pull secrets to a pod that has none", () => {
    const api = server();
    account(api, { imagePullSecrets: [{ name: "registry" }] });
    const spec = { serviceAccountName: "shop" };
    expect(create(api, spec).spec.imagePullSecrets).toEqual([{ name: "registry" }]);
    const own = { ...spec, imagePullSecrets: [{ name: "own" }] };
    expect(create(api, own, { name: "b" }).spec.imagePullSecrets).toEqual([{ name: "own" }]);
  });
});
