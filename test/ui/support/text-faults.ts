import type { Page } from 'playwright-core';

/** What people press, choose by or read a table by: its words are ours, and have to be legible. */
const controls = [
  'button',
  'a',
  'label',
  'legend',
  'summary',
  'th',
  'dt',
  'kbd',
  'h1',
  'h2',
  'h3',
  ...['tab', 'columnheader', 'menuitem', 'menuitemcheckbox', 'option'].map(
    (role) => `[role=${role}]`,
  ),
].join();

/**
 * Words of controls, headings and table heads that are broken over two lines in their middle, and text that ends at an
 * edge without an ellipsis. What is stored may be longer than any room: in cells of tables only words of usual length
 * count.
 */
export const findTextFaults = (page: Page): Promise<string[]> =>
  page.evaluate((selector) => {
    /** Lines that a part of a text node is on. */
    const linesOf = (node: Text, start: number, end: number): DOMRect[] => {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0.5);
      return rects.filter(
        (rect, at) => !rects.slice(0, at).some(({ top }) => Math.abs(top - rect.top) < 4),
      );
    };

    // Blanks, hyphens and slashes are where a line may end.
    const findBroken = (node: Text, most: number): string[] =>
      [...node.data.matchAll(/[^\s\-–—/·]+/g)]
        .filter(([word]) => word.length <= most)
        .filter(({ 0: word, index }) => linesOf(node, index, index + word.length).length > 1)
        .map(([word]) => `“${word}” is broken over lines`);

    const isCutBy = (box: Element, rect: DOMRect): boolean => {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(box);
      const edge = box.getBoundingClientRect();
      if (rect.left > edge.right || rect.right < edge.left || rect.top > edge.bottom) return false;
      const isWide = rect.right > edge.right + 1 || rect.left < edge.left - 1;
      if (/hidden|clip/.test(overflowX) && isWide && textOverflow !== 'ellipsis') return true;
      const isHalf = rect.bottom > edge.bottom + 4 && rect.top < edge.bottom - 4;
      return isHalf && /hidden|clip/.test(overflowY);
    };

    const findCut = (node: Text): string[] => {
      const [rect] = linesOf(node, 0, node.length);
      for (let box = node.parentElement; rect && box; box = box.parentElement) {
        const { overflowX, overflowY, textOverflow } = getComputedStyle(box);
        // What scrolls can be reached, and what ends in an ellipsis ends before all that is around it.
        if (/auto|scroll/.test(`${overflowX} ${overflowY}`)) return [];
        if (isCutBy(box, rect)) return [`“${node.data.trim()}” is cut`];
        if (textOverflow === 'ellipsis' && overflowX !== 'visible') return [];
      }
      return [];
    };

    const hidden = '.visually-hidden, pre, [inert]';
    const isRead = (one: Element) =>
      one.checkVisibility({ visibilityProperty: true }) && !one.closest(hidden);

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faults: string[] = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!(node instanceof Text) || !parent || node.data.trim() === '' || !isRead(parent))
        continue;
      if (parent.closest(selector)) faults.push(...findBroken(node, Infinity), ...findCut(node));
      else if (parent.closest('td')) faults.push(...findBroken(node, 16));
    }
    return [...new Set(faults)];
  }, controls);
