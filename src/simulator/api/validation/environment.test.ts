import { describe, expect, it } from "vitest";
import { validateEnv, validateEnvFrom } from "./environment.ts";

describe("names of variables", () => {
  const errors = (name: string, strict: boolean) =>
    validateEnv([{ name, value: "1" }], "env", strict).map(
      ({ field, detail }) => `${field}: ${detail}`,
    );

  it.each(["LOG_LEVEL", "my.name", "-a"])("%j is one under both rules", (name) => {
    expect([...errors(name, false), ...errors(name, true)]).toEqual([]);
  });

  it.each(["2FAST", "a b", "a!"])("%j is one since names are looked at less strictly", (name) => {
    expect(errors(name, false)).toEqual([]);
    expect(errors(name, true)).toHaveLength(1);
  });

  it("tells what a strict name must be, and that it leads to no other folder", () => {
    expect(errors("..", true)).toEqual([`env[0].name: Invalid value: "..": must not be '..'`]);
    expect(errors("../a", true)).toEqual([
      `env[0].name: Invalid value: "../a": a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
      `env[0].name: Invalid value: "../a": must not start with '..'`,
    ]);
  });

  it("holds prefixes to the same rule", () => {
    const prefixed = (strict: boolean) =>
      validateEnvFrom([{ prefix: "1_", configMapRef: { name: "shop" } }], "envFrom", strict);
    expect(prefixed(false)).toEqual([]);
    expect(prefixed(true).map(({ field }) => field)).toEqual(["envFrom[0].prefix"]);
  });
});
