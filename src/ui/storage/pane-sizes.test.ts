import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { earlyPaneScript, readPaneSizes, savePaneSizes } from "./pane-sizes.ts";

function storage(text: string | null) {
  const kept = { text };
  return {
    kept,
    open: () => ({
      getItem: () => kept.text,
      setItem: (_: string, value: string) => void (kept.text = value),
    }),
  };
}

const refuses = () => {
  throw new DOMException("denied");
};

describe("sizes of panes", () => {
  it.each([
    ["nothing", null, {}],
    ["sizes", '{"split":50,"terminal":30}', { split: 50, terminal: 30 }],
    ["a size out of bounds", '{"split":99,"editor":20}', { editor: 20 }],
    ["no numbers", '{"split":"50","editor":null}', {}],
    ["no object", '"split"', {}],
    ["null", "null", {}],
    ["damaged text", '{"split":', {}],
  ])("of %s saved", (_, text, sizes) => {
    expect(readPaneSizes(storage(text).open)).toEqual(sizes);
  });

  it("are saved and read again", () => {
    const { open } = storage(null);
    savePaneSizes(open, { split: 60 });
    expect(readPaneSizes(open)).toEqual({ split: 60 });
  });

  it("are those of the usual layout where storage is blocked or full, and nothing is thrown", () => {
    expect(readPaneSizes(refuses)).toEqual({});
    expect(() => savePaneSizes(refuses, { split: 60 })).not.toThrow();
    const full = { getItem: () => null, setItem: refuses };
    expect(() => savePaneSizes(() => full, { split: 60 })).not.toThrow();
  });
});

describe("the script at the page's beginning", () => {
  /** The properties that it sets on the root element. */
  function set(text: string | null): Record<string, string> {
    const properties: Record<string, string> = {};
    const style = { setProperty: (name: string, value: string) => void (properties[name] = value) };
    runInNewContext(earlyPaneScript(), {
      localStorage: { getItem: () => text },
      document: { documentElement: { style } },
    });
    return properties;
  }

  it.each([
    ['{"split":50,"terminal":30}', { "--rl-split": "50", "--rl-terminal-height": "30rem" }],
    ['{"split":"1;color:red"}', {}],
    ['{"split":', {}],
    [null, {}],
  ])("of %s", (text, properties) => {
    expect(set(text)).toEqual(properties);
  });
});
