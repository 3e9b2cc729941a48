import { getCollection } from "astro:content";

/** Titles of the pages by their ids, such as `probes` and `ko/probes`. */
export async function pageTitles(): Promise<ReadonlyMap<string, string>> {
  const pages: readonly { readonly id: string; readonly data: { readonly title: string } }[] =
    await getCollection("docs");
  return new Map(pages.map(({ id, data }) => [id, data.title]));
}
