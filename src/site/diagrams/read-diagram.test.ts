import { describe, expect, it } from "vitest";
import { DiagramError, readDiagram } from "./read-diagram.ts";

const told = "accTitle: The race\n  accDescr: The listener closes before the routers know.";

function mistakeIn(text: string): DiagramError {
  try {
    readDiagram(text);
  } catch (error) {
    if (error instanceof DiagramError) return error;
  }
  throw new Error("the diagram was accepted");
}

describe("readDiagram", () => {
  it("finds the title and the description", () => {
    const diagram = readDiagram(`sequenceDiagram\n  ${told}\n  A->>B: hello`);
    expect(diagram.title).toBe("The race");
    expect(diagram.description).toBe("The listener closes before the routers know.");
  });

  it("joins a description of several lines", () => {
    const text =
      "sequenceDiagram\naccTitle: T\naccDescr {\n  First this,\n  then that.\n}\nA->>B: x";
    expect(readDiagram(text).description).toBe("First this, then that.");
  });

  it.each([
    ["another kind of diagram", "flowchart LR\n  a --> b", 1, "sequenceDiagram"],
    ["no title", "sequenceDiagram\n  accDescr: D\n  A->>B: x", 1, "accTitle is missing"],
    [
      "no description",
      "%% why\nsequenceDiagram\n  accTitle: T\n  A->>B: x",
      2,
      "accDescr is missing",
    ],
    ["a coloured box", `sequenceDiagram\n  ${told}\n  box rgb(1,2,3) Node`, 4, "sets a colour"],
    ["a coloured rect", `sequenceDiagram\n  ${told}\n  rect rgba(1,2,3,0.5)`, 4, "sets a colour"],
    ["settings", `%%{init: {"theme": "dark"}}%%\nsequenceDiagram\n  ${told}`, 1, "no settings"],
    ["nothing", "", 1, "starts with"],
  ])("refuses %s, and says where", (_, text, line, message) => {
    const mistake = mistakeIn(text);
    expect(mistake.line).toBe(line);
    expect(mistake.message).toContain(message);
  });
});
