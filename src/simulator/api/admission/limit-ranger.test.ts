import { describe, expect, it } from "vitest";
import { Kernel } from "../../kernel/kernel.ts";
import { ApiServer } from "../server.ts";
import type { Container, LimitRangeItem, Pod, PodSpec } from "../types.ts";

/** A server with ranges in the namespace default, one for each list of items. */
function server(...ranges: LimitRangeItem[][]): ApiServer {
  const api = new ApiServer(new Kernel(1));
  for (const name of ["default", "other"]) {
    api.create("namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  ranges.forEach((limits, i) => {
    api.create("limitranges", {
      apiVersion: "v1",
      kind: "LimitRange",
      metadata: { name: `range-${i + 1}` },
      spec: { limits },
    });
  });
  return api;
}

const container = (resources: Container["resources"] = {}, name = "web"): Container =>
  ({ name, image: `${name}:1`, resources }) as Container;

interface Options {
  readonly namespace?: string;
  readonly validate?: boolean;
}

function createOf(api: ApiServer, spec: PodSpec, options: Options = {}): Pod {
  const { namespace = "default", ...more } = options;
  const metadata = { name: "web", namespace, annotations: { team: "shop" } };
  return api.create("pods", { apiVersion: "v1", kind: "Pod", metadata, spec, status: {} }, more);
}

function create(api: ApiServer, spec: Partial<PodSpec> = {}, options: Options = {}): Pod {
  return createOf(api, { containers: [container()], ...spec }, options);
}

const resourcesOf = ({ spec }: Pod) => spec.containers.map(({ resources }) => resources);
const told = ({ metadata }: Pod) => metadata.annotations?.["kubernetes.io/limit-ranger"];

const DEFAULTS: LimitRangeItem = {
  type: "Container",
  default: { memory: "512Mi", cpu: "500m" },
  defaultRequest: { memory: "256Mi", cpu: "100m" },
};

describe("a container gets", () => {
  it("what it does not state, and an annotation tells it", () => {
    const pod = create(server([DEFAULTS]), {
      containers: [
        container(),
        container({ requests: { cpu: "200m" }, limits: { cpu: "300m" } }, "log"),
      ],
      initContainers: [container({}, "prepare")],
    });
    expect(resourcesOf(pod)).toEqual([
      { limits: DEFAULTS.default, requests: DEFAULTS.defaultRequest },
      {
        limits: { cpu: "300m", memory: "512Mi" },
        requests: { cpu: "200m", memory: "256Mi" },
      },
    ]);
    expect(pod.metadata.annotations).toEqual({
      team: "shop",
      "kubernetes.io/limit-ranger":
        "LimitRanger plugin set: cpu, memory request for container web; cpu, memory limit for container web; " +
        "memory request for container log; memory limit for container log; " +
        "cpu, memory request for init container prepare; cpu, memory limit for init container prepare",
    });
    expect(pod.status.qosClass).toBe("Burstable");
  });

  it("no default request where its limit gives it one", () => {
    const pod = create(server([{ type: "Container", defaultRequest: { cpu: "100m" } }]), {
      containers: [container({ limits: { cpu: "1" } })],
    });
    expect(resourcesOf(pod)).toEqual([{ limits: { cpu: "1" }, requests: { cpu: "1" } }]);
    expect(told(pod)).toBeUndefined();
  });

  it("the largest amount as its limit, and so it is guaranteed", () => {
    const pod = create(server([{ type: "Container", max: { cpu: "1", memory: "1Gi" } }]));
    const most = { cpu: "1", memory: "1Gi" };
    expect(resourcesOf(pod)).toEqual([{ limits: most, requests: most }]);
    expect(pod.status.qosClass).toBe("Guaranteed");
  });

  it("of several ranges what the earlier ones leave open, and the last that gave is told", () => {
    const second: LimitRangeItem = {
      type: "Container",
      defaultRequest: { cpu: "1", "ephemeral-storage": "1Gi" },
    };
    const pod = create(server([DEFAULTS], [second], [{ type: "Pod", max: { cpu: 9 } }]));
    expect(resourcesOf(pod)).toEqual([
      {
        limits: DEFAULTS.default,
        requests: { ...DEFAULTS.defaultRequest, "ephemeral-storage": "1Gi" },
      },
    ]);
    expect(told(pod)).toBe("LimitRanger plugin set: ephemeral-storage request for container web");
  });

  it("nothing in another namespace", () => {
    const api = server([DEFAULTS]);
    const pod = create(api, {}, { namespace: "other" });
    expect(resourcesOf(pod)).toEqual([{}]);
    expect(pod.metadata.annotations).toEqual({ team: "shop" });
  });

  it("what the range says now", () => {
    const api = server([DEFAULTS]);
    const spec: PodSpec = { containers: [container()] };
    expect(resourcesOf(createOf(api, spec))).toMatchObject([{ requests: { cpu: "100m" } }]);
    api.delete("pods", "default", "web", { gracePeriodSeconds: 0 });
    const range = api.get("limitranges", "default", "range-1");
    const limits = [{ type: "Container", defaultRequest: { cpu: "7m" } }];
    api.update("limitranges", { ...range, spec: { limits } });
    expect(resourcesOf(createOf(api, spec))).toEqual([{ requests: { cpu: "7m" } }]);
  });

  it("a limit below its request, which is then refused, of whoever makes the pod", () => {
    const api = server([DEFAULTS]);
    const spec = { containers: [container({ requests: { cpu: "700m" } })] };
    const why =
      'Pod "web" is invalid: spec.containers[0].resources.requests: Invalid value: "700m": must be less than or equal to cpu limit of 500m';
    expect(() => create(api, spec, { validate: true })).toThrow(why);
    expect(() => create(api, spec)).toThrow(why);
  });
});

describe("a pod is refused", () => {
  const bounds = (item: Partial<LimitRangeItem>): LimitRangeItem => ({
    type: "Container",
    ...item,
  });
  it.each<[string, LimitRangeItem, Container["resources"], string]>([
    [
      "with a request below the least",
      bounds({ min: { cpu: "200m" } }),
      { requests: { cpu: "100m" } },
      "minimum cpu usage per Container is 200m, but request is 100m",
    ],
    [
      "with a limit above the largest",
      bounds({ max: { memory: "1Gi" } }),
      { requests: { memory: "1Gi" }, limits: { memory: "1536Mi" } },
      "maximum memory usage per Container is 1Gi, but limit is 1536Mi",
    ],
    [
      "with a limit that is too many times its request",
      bounds({ maxLimitRequestRatio: { cpu: 3 } }),
      { requests: { cpu: "300m" }, limits: { cpu: "1" } },
      "cpu max limit to request ratio per Container is 3, but provided ratio is 3.333333",
    ],
    [
      "without a request to compare",
      bounds({ maxLimitRequestRatio: { cpu: 3 } }),
      {},
      "cpu max limit to request ratio per Container is 3, but no request is specified or request is 0",
    ],
    [
      "without a limit to compare",
      bounds({ maxLimitRequestRatio: { cpu: 3 } }),
      { requests: { cpu: "1" } },
      "cpu max limit to request ratio per Container is 3, but no limit is specified or limit is 0",
    ],
    [
      "as a whole without a request",
      { type: "Pod", min: { cpu: "1" } },
      {},
      "minimum cpu usage per Pod is 1.  No request is specified",
    ],
    [
      "as a whole without a limit",
      { type: "Pod", max: { cpu: "1" } },
      { requests: { cpu: "100m" } },
      "maximum cpu usage per Pod is 1.  No limit is specified",
    ],
    [
      "for all that is wrong at once",
      bounds({ min: { cpu: "200m", memory: "64Mi" }, defaultRequest: { memory: "32Mi" } }),
      { requests: { cpu: "100m" } },
      "[minimum cpu usage per Container is 200m, but request is 100m, minimum memory usage per Container is 64Mi, but request is 32Mi]",
    ],
  ])("%s", (_, item, resources, why) => {
    const api = server([item]);
    expect(() => create(api, { containers: [container(resources)] })).toThrow(
      `pods "web" is forbidden: ${why}`,
    );
    expect(api.list("pods")).toEqual([]);
  });

  it("for the sum of its containers, or for its largest init container", () => {
    const most: LimitRangeItem = { type: "Pod", max: { memory: "1Gi" } };
    const half = { limits: { memory: "512Mi" } };
    const api = server([most]);
    create(api, { containers: [container(half), container(half, "log")] });
    api.delete("pods", "default", "web", { gracePeriodSeconds: 0 });
    const more = { limits: { memory: "768Mi" } };
    expect(() => create(api, { containers: [container(half), container(more, "log")] })).toThrow(
      "maximum memory usage per Pod is 1Gi, but limit is 1280Mi",
    );
    const initContainers = [container({ limits: { memory: "2Gi" } }, "prepare")];
    expect(() => create(api, { containers: [container(half)], initContainers })).toThrow(
      "maximum memory usage per Pod is 1Gi, but limit is 2Gi",
    );
  });

  it("for an init container, and never for what a claim may be", () => {
    const api = server([
      bounds({ max: { cpu: "1" } }),
      { type: "PersistentVolumeClaim", max: { storage: "1Gi" } },
    ]);
    const initContainers = [container({ limits: { cpu: "2" } }, "prepare")];
    expect(() => create(api, { initContainers })).toThrow(
      "maximum cpu usage per Container is 1, but limit is 2",
    );
    expect(create(api).metadata.name).toBe("web");
  });

  it("before a quota counts it, and not when it only changes", () => {
    const api = server([bounds({ max: { cpu: "1" } })]);
    const quota = api.create("resourcequotas", {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "team" },
      spec: { hard: { "limits.cpu": "1500m" } },
    });
    const status = { hard: { "limits.cpu": "1500m" }, used: { "limits.cpu": "0" } };
    api.updateStatus("resourcequotas", { ...quota, status });
    const large = [container({ limits: { cpu: "2" } })];
    expect(() => create(api, { containers: large })).toThrow("per Container is 1, but limit is 2");
    const pod = create(api);
    // What the range gave counts.
    expect(api.get("resourcequotas", "default", "team").status?.used).toEqual({
      "limits.cpu": "1",
    });
    const range = api.get("limitranges", "default", "range-1");
    const limits = [bounds({ max: { cpu: "100m" } })];
    api.update("limitranges", { ...range, spec: { limits } });
    const labels = { tier: "front" };
    const changed = api.update("pods", { ...pod, metadata: { ...pod.metadata, labels } });
    expect(changed.metadata.labels).toEqual(labels);
  });
});
