import { JSDOM } from "jsdom";
import { mdxToJs } from "satteri";
import { describe, expect, it } from "vitest";
import { drawDiagram } from "./draw-diagram.ts";
import { mermaidFences } from "./mermaid-fences.ts";
import { readDiagram } from "./read-diagram.ts";
import { textWidth } from "./text-width.ts";

const race = `sequenceDiagram
  accTitle: The race
  accDescr: The kubelet stops nginx while the proxy still sends to it.
  autonumber
  participant P as Reverse proxy
  participant A as kube-apiserver
  participant K as kubelet
  participant N as nginx (old pod)
  A->>K: pod has a deletionTimestamp
  par at once
    K->>N: SIGTERM
    Note over N: closes its listener
  and one second later
    A-)P: EndpointSlice → rules
  end
  P-xN: connection refused`;

const order = `sequenceDiagram
  accTitle: 고친 순서
  accDescr: kubelet이 preStop을 먼저 실행하고 SIGTERM은 그 뒤에 보낸다.
  participant K as kubelet
  participant N as nginx
  K->>N: preStop: sleep 40
  activate N
  Note over K,N: 그동안 라우터가 파드를 목록에서 뺀다<br/>요청은 계속 처리된다
  deactivate N
  K->>N: SIGTERM`;

async function drawn(text: string): Promise<SVGSVGElement> {
  const html = await drawDiagram(readDiagram(text));
  const svg = new JSDOM(html).window.document.querySelector("svg");
  if (!svg) throw new Error("no svg element");
  return svg;
}

describe("drawDiagram", () => {
  it.each([race, order])("leaves every colour, font and script to the page", async (text) => {
    const svg = await drawn(text);
    expect(svg.querySelectorAll("style, script, foreignObject, filter, image")).toHaveLength(0);
    expect(svg.querySelectorAll("[style], [fill], [stroke], [font-family]")).toHaveLength(0);
  });

  it("names itself for those who cannot see it", async () => {
    const svg = await drawn(race);
    const title = svg.querySelector(`#${svg.getAttribute("aria-labelledby")}`);
    const description = svg.querySelector(`#${svg.getAttribute("aria-describedby")}`);
    expect(title?.textContent).toBe("The race");
    expect(description?.textContent).toMatch(/^The kubelet stops nginx/);
  });

  it("numbers the messages on discs of its own", async () => {
    const svg = await drawn(race);
    const numbers = [...svg.querySelectorAll("text.sequenceNumber")].map((n) => n.textContent);
    expect(numbers).toEqual(["1", "2", "3", "4"]);
    expect(svg.querySelectorAll("circle.numberDisc")).toHaveLength(4);
    expect(svg.querySelectorAll("marker[id*=sequencenumber]")).toHaveLength(0);
  });

  it("marks the message that did not arrive, line and letters", async () => {
    const svg = await drawn(race);
    expect(svg.querySelector("line.lost")?.getAttribute("marker-end")).toContain("crosshead");
    expect(svg.querySelector("text.lost")?.textContent).toBe("connection refused");
  });

  it("gives two diagrams on one page no id in common", async () => {
    const ids = [await drawn(race), await drawn(order)].map((svg) =>
      [...svg.querySelectorAll("[id]")].map((element) => element.id),
    );
    expect(ids[0]?.filter((id) => ids[1]?.includes(id))).toEqual([]);
  });

  it("draws every actor's name inside its box, in both scripts", async () => {
    for (const text of [race, order]) {
      for (const label of (await drawn(text)).querySelectorAll("text.actor")) {
        const box = Number(label.previousElementSibling?.getAttribute("width"));
        for (const line of label.querySelectorAll("tspan")) {
          expect(textWidth(line.textContent ?? "", 13, true)).toBeLessThan(box);
        }
      }
    }
  });
});

describe("mermaidFences", () => {
  const fileURL = new URL("file:///content/docs/race.mdx");
  const compile = (mdx: string) => mdxToJs(mdx, { mdastPlugins: [mermaidFences()], fileURL });

  it("puts a figure in the place of the fence", async () => {
    const { code } = await compile(`# Title\n\n\`\`\`mermaid\n${race}\n\`\`\`\n`);
    expect(code).toContain("<figcaption>The race</figcaption>");
    expect(code).not.toContain("language-mermaid");
  });

  it("leaves other fences alone", async () => {
    const { code } = await compile("```yaml\nkind: Pod\n```\n");
    expect(code).toContain("kind: Pod");
  });

  it("names the file and the line of what Mermaid cannot read", async () => {
    const broken = race.replace("A->>K: pod has", "A->> pod has");
    const mdx = `# Title\n\n\`\`\`mermaid\n${broken}\n\`\`\`\n`;
    await expect(compile(mdx)).rejects.toThrow(/race\.mdx:12: Mermaid diagram/);
  });

  it("names the file and the line where the description is missing", async () => {
    const mdx = "Text\n\n```mermaid\nsequenceDiagram\n  accTitle: T\n  A->>B: x\n```\n";
    await expect(compile(mdx)).rejects.toThrow(/race\.mdx:4: Mermaid diagram: accDescr is missing/);
  });
});
