/** The part of a task that may scroll within itself, so that a long one leaves room for the editor: what comes before its steps. */
export const STORY_OF_TASK = ".rl-task-story";

/** Lets the keyboard into a box where there is more in it than shows, so that the arrow keys scroll it; elsewhere Tab passes it over. */
export function letScrollByKeyboard(box: HTMLElement): void {
  new ResizeObserver(() => {
    if (box.scrollHeight > box.clientHeight) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }).observe(box);
}
