/**
 * Everything that a company changes to make the site its own: its name, mark, colours, links and
 * languages. Nothing else has to be edited for that.
 */
export interface SiteConfig {
  /** Shown in the header, the browser's title and the README's picture, per language. */
  readonly title: Readonly<Record<Language, string>>;
  /** One sentence, at most 160 characters: what search engines show of a page without its own. */
  readonly description: Readonly<Record<Language, string>>;
  /** The mark in the header: paths from the checkout's root, one for each theme. */
  readonly logo: { readonly light: string; readonly dark: string };
  /** CSS colours that replace the accent of `src/site/styles/tokens.css`; leave out to keep it. */
  readonly accent?: { readonly light: string; readonly dark: string };
  /** Where the sources live; adds "Edit this page" links and an icon in the header. */
  readonly repository?: string;
  /** Links at the foot of every page: an intranet, a status page, a team. */
  readonly links: readonly { readonly label: string; readonly href: string }[];
  /**
   * Languages offered, in the order of the switch. The first is served at the base path, others
   * below their code; one that is left out has no pages. A language that is not in `Language` can't
   * be added here: it needs its words in the code and its pages in `content/docs`.
   */
  readonly languages: readonly Language[];
}

/** A language that the site's words and chapters are written in. */
export type Language = "en" | "ko";

export const siteConfig: SiteConfig = {
  title: { en: "Rollout Lab", ko: "Rollout Lab" },
  description: {
    en: "How Kubernetes updates pods, why a rolling update gives users 502 and 504, and what stops it: chapters and labs with a simulated cluster in the page.",
    ko: "Kubernetes가 파드를 교체하는 방식과 롤링 업데이트 중 502와 504가 나는 이유, 막는 방법을 브라우저 안의 시뮬레이션 클러스터로 배웁니다.",
  },
  logo: { light: "./src/site/logo/light.svg", dark: "./src/site/logo/dark.svg" },
  links: [],
  languages: ["en", "ko"],
};
