import { describe, expect, it } from "vitest";
import { fieldGroups } from "./fields.ts";

const groups = fieldGroups("en");
const rowOf = (place: string, path: string) =>
  groups
    .filter((group) => group.place === place)
    .flatMap(({ rows }) => rows)
    .find((row) => row.path === path);

describe("the reference of fields", () => {
  it.each([
    ["spec", "replicas", "integer", "1"],
    ["spec", "strategy.type", "text", "RollingUpdate"],
    ["spec", "strategy.rollingUpdate.maxSurge", "integer or text", "25%"],
    ["spec", "progressDeadlineSeconds", "integer", "600"],
    ["spec", "template", "mapping", "required"],
    ["spec.template.spec", "terminationGracePeriodSeconds", "integer", "30"],
    ["spec.template.spec", "containers", "list", "required"],
    ["spec.template.spec.containers[].readinessProbe", "periodSeconds", "integer", "10"],
    ["spec.template.spec.containers[]", "imagePullPolicy", "text", "IfNotPresent"],
    ["spec.template.spec.containers[]", "resources.limits", "mapping", undefined],
    ["spec.template.spec.containers[]", "image", "text", "required"],
    ["spec.template.spec.containers[]", "readinessProbe", "mapping", undefined],
    ["spec.template.spec.containers[]", "lifecycle", "mapping", undefined],
    ["spec.template.spec.containers[].lifecycle.preStop", "sleep", "mapping", undefined],
    ["spec", "ports[].port", "integer", "required"],
    ["spec", "ports[].targetPort", "integer or text", undefined],
  ])("says of %s %s: %s, %s", (place, path, type, initial) => {
    expect(rowOf(place, path)).toMatchObject({ type });
    expect(rowOf(place, path)?.initial).toBe(initial);
  });
  it("has the same fields in both languages", () => {
    const paths = (lang: "en" | "ko") =>
      fieldGroups(lang).map(({ place, rows }) => [place, rows.map(({ path }) => path)]);
    expect(paths("ko")).toEqual(paths("en"));
  });
  it.each([
    ["spec.template.spec.containers[].readinessProbe", "exec", "probes"],
    ["spec.template.spec.containers[].lifecycle.preStop", "exec", "pre-stop"],
  ])("of %s, %s leads to the chapter %s", (place, path, page) => {
    expect(rowOf(place, path)?.pages[0]).toBe(page);
  });
  it("says since when, where that is recent", () => {
    expect(rowOf("spec.template.spec.containers[].lifecycle.preStop", "sleep")?.since).toBe("1.30");
  });
});
