import type { Figure } from "./figure.ts";

/** A file of `figures/`: its figures by their ids. */
interface Topic {
  readonly figures: Readonly<Record<string, Figure>>;
}

/** The file that holds a figure: `surge` for `surge` and for `surge/percent`. */
export function topicOf(id: string): string {
  return id.split("/")[0]!;
}

/**
 * The figure of an id. Its file is loaded when it is asked for, so that a page carries the figures that it shows and no others.
 *
 * @throws with those there are, where there is none of that id
 */
export async function loadFigure(id: string): Promise<Figure> {
  const topic = topicOf(id);
  const { figures } = await loadTopic(topic);
  const figure = figures[id];
  if (figure === undefined) {
    throw new Error(
      `there is no figure "${id}" in figures/${topic}.ts; there are: ${Object.keys(figures).join(", ")}`,
    );
  }
  return figure;
}

async function loadTopic(topic: string): Promise<Topic> {
  try {
    return (await import(`./figures/${topic}.ts`)) as Topic;
  } catch (error) {
    throw new Error(
      `there is no figure "${topic}", or its file src/ui/figure/figures/${topic}.ts cannot be read`,
      { cause: error },
    );
  }
}
