/** The item looked at last in this tab, so that the home page can say what its click changed. */

type Look = { itemId: string; title: string };

let last: Look | undefined;

export const lastLook = (): Look | undefined => last;

export function rememberLook(look: Look | undefined): void {
  last = look;
}
